import { wix } from "@/lib/wix.ts";

/** The steps of every request that is not a static file, from the outside in. */
export default [
  wix.securityHeaders,
  wix.contentSecurityPolicy,
  wix.resourceIsolation,
  wix.session,
  wix.client,
  wix.errorBoundary,
];
