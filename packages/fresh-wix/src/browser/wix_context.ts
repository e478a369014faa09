/**
 * The SDK in islands. For browsers this module stands where the SDK keeps its
 * clients (`@wix/sdk-context`; see `vite/wix_packages.ts`), so that there
 * is one before the first call of any island, and nothing for islands to set up.
 *
 * @module
 */
import { createClient } from "@wix/sdk/client";
import { createGatewayFetch } from "./gateway_fetch.ts";

/** The one object of a page that every `@wix/*` module takes its client from. */
export const wixContext = {};

// Without a strategy there is no token: who calls is the server's to know.
createClient({
  fetch: createGatewayFetch((input, init) => fetch(input, init)),
}).enableContext("module");
