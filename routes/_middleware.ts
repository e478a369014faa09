import { config } from "@/packages/fresh-wix/src/config/config.ts";
import { errorBoundary } from "@/packages/fresh-wix/src/errors/error_boundary.tsx";
import {
  contentSecurityPolicy,
  securityHeaders,
} from "@/packages/fresh-wix/src/security/headers.ts";
import { resourceIsolation } from "@/packages/fresh-wix/src/security/resource_isolation.ts";
import { session } from "@/packages/fresh-wix/src/session/middleware.ts";
import { wixClient } from "@/packages/fresh-wix/src/wix/middleware.ts";

/** The steps of every request that is not a static file, from the outside in. */
export default [
  securityHeaders(config),
  contentSecurityPolicy(config),
  resourceIsolation(config),
  session,
  wixClient,
  errorBoundary,
];
