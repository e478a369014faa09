/**
 * Serves the built app as in production, and redirects requests for Wix's hosts to
 * the local Wix in this module's query string.
 *
 * @module
 */
const wix = decodeURIComponent(new URL(import.meta.url).search.slice(1));
const send = globalThis.fetch;

globalThis.fetch = async (input, init) => {
  const url = new URL(input instanceof Request ? input.url : input);
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

const server = new URL("../../_fresh/server.js", import.meta.url);
export default (await import(server.href)).default;
