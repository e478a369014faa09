import {
  createBadgeAssignment,
  deleteBadgeAssignment,
  queryBadgeAssignments,
} from "./badges/badge_assignments.ts";
import {
  assignBadge,
  listBadges,
  listBadgesPerMember,
  listMembersByBadge,
  unassignBadge,
} from "./badges/badges_v3.ts";
import { getBadge } from "./badges/get_badge.ts";
import { queryBadges } from "./badges/query_badges.ts";
import { getSiteProperties } from "./business/get_site_properties.ts";
import type { Route } from "./call.ts";
import { CONTROL_ROUTES } from "./control_routes.ts";
import { login } from "./custom_login/login.ts";
import { register } from "./custom_login/register.ts";
import { sendRecoveryEmail } from "./custom_login/send_recovery_email.ts";
import { signOn } from "./custom_login/sign_on.ts";
import { verifyEmail } from "./custom_login/verify_email.ts";
import { getOrder } from "./ecom/get_order.ts";
import { searchOrders } from "./ecom/search_orders.ts";
import type { IdentityKind } from "./identity/identity.ts";
import {
  bulkApproveMembers,
  bulkBlockMembers,
  bulkDeleteMembersByFilter,
} from "./members/bulk_by_filter.ts";
import {
  deleteMemberAddresses,
  deleteMemberEmails,
  deleteMemberPhones,
} from "./members/clear_contact.ts";
import { joinCommunity, leaveCommunity } from "./members/community.ts";
import { createMember } from "./members/create_member.ts";
import {
  bulkDeleteMembers,
  deleteMember,
  deleteMyMember,
} from "./members/delete_member.ts";
import { getCurrentMember, getMember } from "./members/get_member.ts";
import { listMembers, queryMembers } from "./members/list_members.ts";
import {
  approveMember,
  blockMember,
  disconnectMember,
  muteMember,
  unmuteMember,
} from "./members/member_status.ts";
import { updateMemberSlug, updateMySlug } from "./members/slug.ts";
import { updateMember } from "./members/update_member.ts";
import { tokenEndpoint } from "./oauth/token_endpoint.ts";
import { tokenInfo } from "./oauth/token_info.ts";
import { home } from "./pages/home.ts";
import { showLogin, submitLogin } from "./pages/login_flow.ts";
import { logOut } from "./pages/logout_flow.ts";
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

  {
    name: "POST /_api/iam/authentication/v2/login",
    audience: PEOPLE,
    handler: login,
  },
  {
    name: "POST /_api/iam/authentication/v2/register",
    audience: PEOPLE,
    handler: register,
  },
  {
    name: "POST /_api/iam/verification/v1/auth/verify",
    audience: PEOPLE,
    handler: verifyEmail,
  },
  {
    name: "POST /_api/iam/recovery/v1/send-email",
    audience: PEOPLE,
    handler: sendRecoveryEmail,
  },
  {
    name: "POST /_api/iam/authentication/v2/sign-on",
    audience: "anyone",
    handler: signOn,
  },

  // UNDOCUMENTED: what an app gets from the calls about "my" member. Here 403.
  {
    name: "GET /members/v1/members/my",
    audience: PEOPLE,
    handler: getCurrentMember,
  },
  {
    name: "DELETE /members/v1/members/my",
    audience: ["member"],
    handler: deleteMyMember,
  },
  {
    name: "POST /members/v1/members/my/slug",
    audience: ["member"],
    handler: updateMySlug,
  },
  {
    name: "POST /members/v1/members/join-community",
    audience: ["member"],
    handler: joinCommunity,
  },
  {
    name: "POST /members/v1/members/leave-community",
    audience: ["member"],
    handler: leaveCommunity,
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
    name: "POST /members/v1/members/{id}/slug",
    audience: MEMBERS_AND_UP,
    handler: updateMemberSlug,
  },
  {
    name: "DELETE /members/v1/members/{id}/phones",
    audience: MEMBERS_AND_UP,
    handler: deleteMemberPhones,
  },
  {
    name: "DELETE /members/v1/members/{id}/emails",
    audience: MEMBERS_AND_UP,
    handler: deleteMemberEmails,
  },
  {
    name: "DELETE /members/v1/members/{id}/addresses",
    audience: MEMBERS_AND_UP,
    handler: deleteMemberAddresses,
  },
  {
    name: "POST /members/v1/members",
    audience: ELEVATED,
    handler: createMember,
  },
  {
    name: "DELETE /members/v1/members/{id}",
    audience: ELEVATED,
    handler: deleteMember,
  },
  {
    name: "POST /members/v1/members/{id}/approve",
    audience: ELEVATED,
    handler: approveMember,
  },
  {
    name: "POST /members/v1/members/{id}/block",
    audience: ELEVATED,
    handler: blockMember,
  },
  {
    name: "POST /members/v1/members/{id}/disconnect",
    audience: ELEVATED,
    handler: disconnectMember,
  },
  {
    name: "POST /members/v1/members/{id}/mute",
    audience: ELEVATED,
    handler: muteMember,
  },
  {
    name: "POST /members/v1/members/{id}/unmute",
    audience: ELEVATED,
    handler: unmuteMember,
  },
  {
    name: "POST /members/v1/members/bulk/delete",
    audience: ELEVATED,
    handler: bulkDeleteMembers,
  },
  {
    name: "POST /members/v1/members/bulk/delete-by-filter",
    audience: ELEVATED,
    handler: bulkDeleteMembersByFilter,
  },
  {
    name: "POST /members/v1/members/bulk/approve-by-filter",
    audience: ELEVATED,
    handler: bulkApproveMembers,
  },
  {
    name: "POST /members/v1/members/bulk/block-by-filter",
    audience: ELEVATED,
    handler: bulkBlockMembers,
  },

  // UNDOCUMENTED: whether visitors and members may read badges. Here they may
  // not, so that what works here works at Wix: a guard has to elevate.
  {
    name: "POST /badges/v4/badges/query",
    audience: ELEVATED,
    handler: queryBadges,
  },
  {
    name: "GET /badges/v4/badges/{id}",
    audience: ELEVATED,
    handler: getBadge,
  },
  {
    name: "POST /badges/v4/assignments/query",
    audience: ELEVATED,
    handler: queryBadgeAssignments,
  },
  {
    name: "POST /badges/v4/assignments",
    audience: ELEVATED,
    handler: createBadgeAssignment,
  },
  {
    name: "DELETE /badges/v4/assignments/{id}",
    audience: ELEVATED,
    handler: deleteBadgeAssignment,
  },
  { name: "GET /members/v3/badges", audience: ELEVATED, handler: listBadges },
  {
    name: "POST /members/v3/badges/members",
    audience: ELEVATED,
    handler: listBadgesPerMember,
  },
  {
    name: "GET /members/v3/badges/{id}",
    audience: ELEVATED,
    handler: getBadge,
  },
  {
    name: "GET /members/v3/badges/{id}/members",
    audience: ELEVATED,
    handler: listMembersByBadge,
  },
  {
    name: "POST /members/v3/badges/{id}/members",
    audience: ELEVATED,
    handler: assignBadge,
  },
  {
    name: "DELETE /members/v3/badges/{id}/members",
    audience: ELEVATED,
    handler: unassignBadge,
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

  { name: "GET /_pages/authorize", audience: "anyone", handler: showLogin },
  { name: "POST /_pages/authorize", audience: "anyone", handler: submitLogin },
  { name: "GET /_pages/login", audience: "anyone", handler: showLogin },
  { name: "POST /_pages/login", audience: "anyone", handler: submitLogin },
  { name: "GET /_pages/logout", audience: "anyone", handler: logOut },
  { name: "GET /", audience: "anyone", handler: home },

  ...CONTROL_ROUTES,
];
