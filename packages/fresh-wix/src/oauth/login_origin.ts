/**
 * Where Wix sends people back to, where there is such a place.
 *
 * @module
 */
import type { Config } from "../config/read_config.ts";
import { AuthorizationError } from "./authorization_error.ts";

/**
 * Returns the public origin, which everything about logging in and out is made
 * of.
 *
 * @throws {AuthorizationError} `login_disabled` on a preview, which has none.
 */
export function loginOrigin({ appOrigin }: Pick<Config, "appOrigin">): string {
  if (appOrigin === undefined) throw new AuthorizationError("login_disabled");
  return appOrigin;
}
