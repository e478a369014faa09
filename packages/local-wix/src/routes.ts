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
import {
  createCheckout,
  createCheckoutFromCurrentCart,
  getCheckout,
  getCheckoutUrl,
  updateCheckout,
} from "./checkout/checkouts.ts";
import { showConsole } from "./console/console_page.ts";
import { CONTROL_ROUTES } from "./control_routes.ts";
import { login } from "./custom_login/login.ts";
import { register } from "./custom_login/register.ts";
import { sendRecoveryEmail } from "./custom_login/send_recovery_email.ts";
import { signOn } from "./custom_login/sign_on.ts";
import { verifyEmail } from "./custom_login/verify_email.ts";
import { getDataItem } from "./data/get_item.ts";
import { countDataItems, queryDataItems } from "./data/query_items.ts";
import {
  bulkInsertDataItems,
  insertDataItem,
  removeDataItem,
  saveDataItem,
  updateDataItem,
} from "./data/write_items.ts";
import {
  addToCurrentCart,
  deleteCurrentCart,
  getCurrentCart,
  removeCouponFromCurrentCart,
  removeLineItemsFromCurrentCart,
  updateCurrentCart,
  updateCurrentCartLineItemQuantity,
} from "./ecom/current_cart.ts";
import { estimateCurrentCartTotals } from "./ecom/estimate_totals.ts";
import { getOrder } from "./ecom/get_order.ts";
import {
  listFulfillmentsForMultipleOrders,
  listFulfillmentsForSingleOrder,
} from "./ecom/list_fulfillments.ts";
import {
  listTransactionsForMultipleOrders,
  listTransactionsForSingleOrder,
} from "./ecom/list_transactions.ts";
import { searchOrders } from "./ecom/search_orders.ts";
import { collectReports } from "./headless/collect_reports.ts";
import { getAppInstance } from "./headless/get_app_instance.ts";
import { getOAuthApp } from "./headless/get_oauth_app.ts";
import { listSiteScripts } from "./headless/list_site_scripts.ts";
import type { IdentityKind } from "./identity/identity.ts";
import { getImage } from "./media/get_image.ts";
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
import { showCheckout, submitCheckout } from "./pages/checkout_flow.ts";
import { showLogin, submitLogin } from "./pages/login_flow.ts";
import { logOut } from "./pages/logout_flow.ts";
import { robots } from "./pages/robots.ts";
import { createRedirectSession } from "./redirects/create_redirect_session.ts";
import { getCatalogVersion } from "./stores/get_catalog_version.ts";
import { getProduct } from "./stores/get_product.ts";
import { queryProducts } from "./stores/query_products.ts";

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
    name: "GET /ecom/v1/fulfillments/orders/{orderId}",
    audience: MEMBERS_AND_UP,
    handler: listFulfillmentsForSingleOrder,
  },
  {
    name: "POST /ecom/v1/fulfillments/list-by-ids",
    audience: MEMBERS_AND_UP,
    handler: listFulfillmentsForMultipleOrders,
  },
  // UNDOCUMENTED: members who ask for the transactions of their own orders. The
  // SDK names members among those who may read fulfillments, not here: 403.
  {
    name: "GET /ecom/v1/payments/orders/{orderId}",
    audience: ELEVATED,
    handler: listTransactionsForSingleOrder,
  },
  {
    name: "POST /ecom/v1/payments/list-by-ids",
    audience: ELEVATED,
    handler: listTransactionsForMultipleOrders,
  },

  // UNDOCUMENTED: an app's current cart. Here it has none: 403.
  {
    name: "GET /ecom/v1/carts/current",
    audience: PEOPLE,
    handler: getCurrentCart,
  },
  {
    name: "PATCH /ecom/v1/carts/current",
    audience: PEOPLE,
    handler: updateCurrentCart,
  },
  {
    name: "DELETE /ecom/v1/carts/current",
    audience: PEOPLE,
    handler: deleteCurrentCart,
  },
  {
    name: "POST /ecom/v1/carts/current/add-to-cart",
    audience: PEOPLE,
    handler: addToCurrentCart,
  },
  {
    name: "POST /ecom/v1/carts/current/update-line-items-quantity",
    audience: PEOPLE,
    handler: updateCurrentCartLineItemQuantity,
  },
  {
    name: "POST /ecom/v1/carts/current/remove-line-items",
    audience: PEOPLE,
    handler: removeLineItemsFromCurrentCart,
  },
  {
    name: "POST /ecom/v1/carts/current/remove-coupon",
    audience: PEOPLE,
    handler: removeCouponFromCurrentCart,
  },
  {
    name: "POST /ecom/v1/carts/current/estimate-totals",
    audience: PEOPLE,
    handler: estimateCurrentCartTotals,
  },
  {
    name: "POST /ecom/v1/carts/current/create-checkout",
    audience: PEOPLE,
    handler: createCheckoutFromCurrentCart,
  },

  {
    name: "POST /ecom/v1/checkouts",
    audience: EVERYBODY,
    handler: createCheckout,
  },
  {
    name: "GET /ecom/v1/checkouts/{id}",
    audience: EVERYBODY,
    handler: getCheckout,
  },
  {
    name: "PATCH /ecom/v1/checkouts/{id}",
    audience: EVERYBODY,
    handler: updateCheckout,
  },
  {
    name: "GET /ecom/v1/checkouts/{id}/checkout-url",
    audience: EVERYBODY,
    handler: getCheckoutUrl,
  },

  {
    name: "GET /site-properties/v4/properties",
    audience: ELEVATED,
    handler: getSiteProperties,
  },

  { name: "GET /media/{id}", audience: "anyone", handler: getImage },
  {
    name: "GET /media/{id}/v1/fill/{transforms}/{filename}",
    audience: "anyone",
    handler: getImage,
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

  {
    name: "GET /stores-reader/v1/products/query-platformized",
    audience: EVERYBODY,
    handler: queryProducts,
  },
  {
    name: "POST /stores-reader/v1/products/query-platformized",
    audience: EVERYBODY,
    handler: queryProducts,
  },
  {
    name: "GET /stores-reader/v1/products/{id}",
    audience: EVERYBODY,
    handler: getProduct,
  },
  {
    name: "GET /stores/v3/provision/version",
    audience: EVERYBODY,
    handler: getCatalogVersion,
  },

  {
    name: "GET /wix-data/v2/items/query",
    audience: EVERYBODY,
    handler: queryDataItems,
  },
  {
    name: "POST /wix-data/v2/items/query",
    audience: EVERYBODY,
    handler: queryDataItems,
  },
  {
    name: "POST /wix-data/v2/items/count",
    audience: EVERYBODY,
    handler: countDataItems,
  },
  {
    name: "GET /wix-data/v2/items/{id}",
    audience: EVERYBODY,
    handler: getDataItem,
  },
  {
    name: "POST /wix-data/v2/items",
    audience: EVERYBODY,
    handler: insertDataItem,
  },
  {
    name: "POST /wix-data/v2/items/update",
    audience: EVERYBODY,
    handler: updateDataItem,
  },
  {
    name: "POST /wix-data/v2/items/save",
    audience: EVERYBODY,
    handler: saveDataItem,
  },
  {
    name: "POST /wix-data/v2/items/remove",
    audience: EVERYBODY,
    handler: removeDataItem,
  },
  {
    name: "POST /wix-data/v2/bulk/items/insert",
    audience: EVERYBODY,
    handler: bulkInsertDataItems,
  },

  { name: "GET /_pages/authorize", audience: "anyone", handler: showLogin },
  { name: "POST /_pages/authorize", audience: "anyone", handler: submitLogin },
  { name: "GET /_pages/login", audience: "anyone", handler: showLogin },
  { name: "POST /_pages/login", audience: "anyone", handler: submitLogin },
  { name: "GET /_pages/checkout", audience: "anyone", handler: showCheckout },
  {
    name: "POST /_pages/checkout",
    audience: "anyone",
    handler: submitCheckout,
  },
  { name: "GET /_pages/logout", audience: "anyone", handler: logOut },
  { name: "GET /robots.txt", audience: "anyone", handler: robots },
  { name: "GET /", audience: "anyone", handler: showConsole },

  ...CONTROL_ROUTES,
];
