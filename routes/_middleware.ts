import { config } from "@/lib/config.ts";
import { errorBoundary } from "@/lib/errors/error_boundary.tsx";
import {
  contentSecurityPolicy,
  securityHeaders,
} from "@/lib/security/headers.ts";
import { resourceIsolation } from "@/lib/security/resource_isolation.ts";
import { session } from "@/lib/session/middleware.ts";
import { wixClient } from "@/lib/wix/middleware.ts";

/** The steps of every request that is not a static file, from the outside in. */
export default [
  securityHeaders(config),
  contentSecurityPolicy(config),
  resourceIsolation(config),
  session,
  wixClient,
  errorBoundary,
];
