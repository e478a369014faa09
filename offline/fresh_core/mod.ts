/**
 * Offline stand-in of `fresh`: see `offline/README.md`.
 *
 * @module
 */

import { unsupported } from "./src/unsupported.ts";

export { App } from "./src/app.ts";
export type { Context, Context as FreshContext } from "./src/context.ts";
export { csp, type CSPOptions } from "./src/csp.ts";
export { createDefine, type Define, page } from "./src/define.ts";
export { HttpError } from "./src/http_error.ts";
export { staticFiles } from "./src/static_files.ts";
export type {
  FreshConfig,
  HandlerByMethod,
  HandlerFn,
  LayoutConfig,
  Method,
  Middleware,
  MiddlewareFn,
  PageProps,
  PageResponse,
  ResolvedFreshConfig,
  RouteConfig,
  RouteData,
  RouteHandler,
} from "./src/types.ts";

/** Not supported. */
export const cors = (): never => unsupported("cors()");
/** Not supported. */
export const csrf = (): never => unsupported("csrf()");
/** Not supported. */
export const ipFilter = (): never => unsupported("ipFilter()");
/** Not supported. */
export const trailingSlashes = (): never => unsupported("trailingSlashes()");
