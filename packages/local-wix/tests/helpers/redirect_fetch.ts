/**
 * Sends what is meant for `*.wixapis.com` to `origin` instead, until it is
 * disposed of. It has to be the global: the SDK's token calls look it up at call
 * time, and its module calls take the one given to `createClient`.
 */
export function redirectFetch(origin: string): Disposable {
  const realFetch = globalThis.fetch;
  globalThis.fetch = (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (!url.hostname.endsWith(".wixapis.com")) return realFetch(input, init);
    const target = origin + url.pathname + url.search;
    const moved = input instanceof Request
      ? new Request(target, input)
      : target;
    return realFetch(moved, init);
  };
  return {
    [Symbol.dispose]() {
      globalThis.fetch = realFetch;
    },
  };
}
