/**
 * The lint plugin of this project; see `@fresh-wix/core/lint`. Imported by path,
 * because `deno lint` loads plugins without the import map.
 *
 * @module
 */
import { createLintPlugin } from "../packages/fresh-wix/src/lint/mod.ts";
import { CLIENT_CODE } from "./client_code.ts";

export default createLintPlugin({
  root: new URL("../", import.meta.url),
  clientCode: CLIENT_CODE,
});
