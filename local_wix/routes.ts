import { getSiteProperties } from "./business/get_site_properties.ts";
import type { Route } from "./call.ts";
import { CONTROL_ROUTES } from "./control_routes.ts";
import { getOrder } from "./ecom/get_order.ts";
import { searchOrders } from "./ecom/search_orders.ts";
import { collectReports } from "./headless/collect_reports.ts";
import { getAppInstance } from "./headless/get_app_instance.ts";
import { getOAuthApp } from "./headless/get_oauth_app.ts";
import { listSiteScripts } from "./headless/list_site_scripts.ts";
import type { IdentityKind } from "./identity/identity.ts";
import { getCurrentMember, getMember } from "./members/get_member.ts";
import { listMembers, queryMembers } from "./members/list_members.ts";
import { updateMember } from "./members/update_member.ts";
import { tokenEndpoint } from "./oauth/token_endpoint.ts";
import { tokenInfo } from "./oauth/token_info.ts";
import { home } from "./pages/home.ts";
import { showLogin, submitLogin } from "./pages/login_flow.ts";
import { logOut } from "./pages/logout_flow.ts";
import { robots } from "./pages/robots.ts";
import { createRedirectSession } from "./redirects/create_redirect_session.ts";

const ELEVATED: readonly IdentityKind[] = ["app", "api_key"];
const PEOPLE: readonly IdentityKind[] = ["visitor", "member"];
const MEMBERS_AND_UP: readonly IdentityKind[] = ["member", ...ELEVATED];
const EVERYBODY: readonly IdentityKind[] = [...PEOPLE, ...ELEVATED];

/** Everything local Wix answers, and to whom; the first match wins. */
export const ROUTES: readonly Route[] = [
  {
    name: "POST /oauth2/token",
    audience: "anyone",
    handler: tokenEndpoint,
  },
  {
    name: "POST /oauth2/token-info",
    audience: "anyone",
    handler: tokenInfo,
  },
  {
    name: "POST /_api/redirects-api/v1/redirect-session",
    audience: EVERYBODY,
    handler: createRedirectSession,
  },
  {
    name: "POST /headless/v1/redirect-session",
    audience: EVERYBODY,
    handler: createRedirectSession,
  },

  // UNDOCUMENTED: what an app gets when it asks who is logged in. Here 403.
  {
    name: "GET /members/v1/members/my",
    audience: PEOPLE,
    handler: getCurrentMember,
  },
  {
    name: "POST /members/v1/members/query",
    audience: EVERYBODY,
    handler: queryMembers,
  },
  {
    name: "GET /members/v1/members",
    audience: EVERYBODY,
    handler: listMembers,
  },
  {
    name: "GET /members/v1/members/{id}",
    audience: EVERYBODY,
    handler: getMember,
  },
  {
    name: "PATCH /members/v1/members/{id}",
    audience: MEMBERS_AND_UP,
    handler: updateMember,
  },

  {
    name: "POST /ecom/v1/orders/search",
    audience: MEMBERS_AND_UP,
    handler: searchOrders,
  },
  {
    name: "GET /ecom/v1/orders/{id}",
    audience: MEMBERS_AND_UP,
    handler: getOrder,
  },

  {
    name: "GET /site-properties/v4/properties",
    audience: ELEVATED,
    handler: getSiteProperties,
  },

  {
    name: "GET /oauth-app/v1/oauth-apps/{id}",
    audience: ELEVATED,
    handler: getOAuthApp,
  },
  {
    name: "GET /apps/v1/instance",
    audience: ELEVATED,
    handler: getAppInstance,
  },
  {
    name: "GET /assets/scripts/v1/site-scripts",
    audience: EVERYBODY,
    handler: listSiteScripts,
  },

  {
    name: "POST /otel-collector/v1/logs",
    audience: "anyone",
    handler: collectReports,
  },
  {
    name: "POST /otel-collector/v1/traces",
    audience: "anyone",
    handler: collectReports,
  },
  {
    name: "POST /wixcode/v1/telemetry/telemetry-messages",
    audience: "anyone",
    handler: collectReports,
  },

  { name: "GET /_pages/authorize", audience: "anyone", handler: showLogin },
  { name: "POST /_pages/authorize", audience: "anyone", handler: submitLogin },
  { name: "GET /_pages/login", audience: "anyone", handler: showLogin },
  { name: "POST /_pages/login", audience: "anyone", handler: submitLogin },
  { name: "GET /_pages/logout", audience: "anyone", handler: logOut },
  { name: "GET /robots.txt", audience: "anyone", handler: robots },
  { name: "GET /", audience: "anyone", handler: home },

  ...CONTROL_ROUTES,
];
