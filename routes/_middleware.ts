// #region shop
import { catalogCache } from "@/lib/shop/cdn.ts";
import { cartCount } from "@/lib/shop/cookies.ts";
// #endregion
import { wix } from "@/lib/wix.ts";

/** The middleware of every request except static files, outermost first. */
export default [
  wix.securityHeaders,
  wix.contentSecurityPolicy,
  wix.resourceIsolation,
  wix.session,
  wix.client,
  // #region shop
  cartCount,
  catalogCache,
  // #endregion
  wix.errorBoundary,
];
