/**
 * Offline stub of `fresh`: see `packages/offline/README.md`.
 *
 * @module
 */

import { leftOut } from "./src/unsupported.ts";

export { App } from "./src/app.ts";
export type {
  Context,
  Context as FreshContext,
  FreshConfig,
  LayoutConfig,
  MiddlewareFn,
  MiddlewareFn as Middleware,
  PageProps,
  ResolvedFreshConfig,
} from "./src/context.ts";
export { csp, type CSPOptions } from "./src/csp.ts";
export { createDefine, page } from "./src/define.ts";
export type * from "./src/define.ts";
export { HttpError } from "./src/http_error.ts";
export { staticFiles } from "./src/static_files.ts";

/** Not supported. */
export const cors = leftOut("cors()");
/** Not supported. */
export const csrf = leftOut("csrf()");
/** Not supported. */
export const ipFilter = leftOut("ipFilter()");
/** Not supported. */
export const trailingSlashes = leftOut("trailingSlashes()");
