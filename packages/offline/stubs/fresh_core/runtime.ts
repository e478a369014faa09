import { leftOut } from "./src/unsupported.ts";

export { asset, assetSrcSet } from "./src/asset_url.ts";
export { Head, type HeadProps } from "./src/head_component.ts";
export { HttpError } from "./src/http_error.ts";

/** Whether this runs in a browser. */
export const IS_BROWSER = typeof document !== "undefined";

/** Not supported. */
export const Partial = leftOut("<Partial>");
