/**
 * The SDK in islands. For browsers this module replaces the SDK's
 * `@wix/sdk-context` (see `vite/wix_packages.ts`), so that islands have a
 * client without any setup.
 *
 * @module
 */
import { createClient } from "@wix/sdk/client";
import { createGatewayFetch } from "./gateway_fetch.ts";

/** The page's shared object with the client of every `@wix/*` module. */
export const wixContext = {};

// Without a strategy there is no token: who calls is the server's to know.
createClient({
  fetch: createGatewayFetch((input, init) => fetch(input, init)),
}).enableContext("module");
