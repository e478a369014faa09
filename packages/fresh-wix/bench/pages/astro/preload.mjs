/**
 * Points Wix's Astro integration, which knows Wix's own hosts only, at local
 * Wix. Whatever else it would call, such as its error reports, stays here.
 */
const HOSTS = ["www.wixapis.com", "edge.wixapis.com"];
const realFetch = globalThis.fetch;

globalThis.fetch = (input, init) => {
  const { hostname, pathname, search } = new URL(input.url ?? input);
  if (!HOSTS.includes(hostname)) {
    return Promise.reject(new TypeError(`Cannot fetch ${hostname}`));
  }
  const target = process.env.WIX_API_ORIGIN + pathname + search;
  return realFetch(input.url ? new Request(target, input) : target, init);
};
