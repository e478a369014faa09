/**
 * Serves the built app as in production. Requests for Wix's hosts go to the local
 * Wix in this module's query string, and those for Deno Deploy's cache to `cache`.
 * A request sets the clock ahead by its header `x-ahead-ms`.
 *
 * @module
 */
const { searchParams } = new URL(import.meta.url);
const wix = searchParams.get("wix") ?? "";
const cache = searchParams.get("cache");
const send = globalThis.fetch;

globalThis.fetch = async (input, init) => {
  const url = new URL(input instanceof Request ? input.url : input);
  if (url.origin === "http://cache.localhost" && cache !== null) {
    return await send(new URL(url.pathname, cache), init);
  }
  if (url.protocol !== "https:" || !url.hostname.endsWith(".wixapis.com")) {
    throw new TypeError(`${url.origin} is not Wix`);
  }
  const response = await send(new URL(url.pathname + url.search, wix), init);
  if (!url.pathname.endsWith("/redirect-session")) return response;
  // The app requires https for Wix's pages; see `reachable()`.
  const text = await response.text();
  const onHttps = text.replaceAll(wix, wix.replace(/^http:/, "https:"));
  return new Response(onHttps, response);
};

// Before the app is loaded, which keeps the function.
const readClock = Date.now;
let aheadMs = 0;
Date.now = () => readClock() + aheadMs;

const server = new URL("../../_fresh/server.js", import.meta.url);
const app = (await import(server.href)).default;

export default {
  fetch(request: Request, info: Deno.ServeHandlerInfo) {
    aheadMs = Number(request.headers.get("x-ahead-ms") ?? aheadMs);
    return app.fetch(request, info);
  },
};
