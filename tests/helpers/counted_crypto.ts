/**
 * Serves the built app, and tells in a header of each answer,
 * `x-crypto-operations`, which operations of `crypto.subtle` it took, such as
 * `decrypt,encrypt`. Right for one request at a time.
 *
 * @module
 */
let done: string[] = [];
for (const name of Object.getOwnPropertyNames(SubtleCrypto.prototype)) {
  const operate = Reflect.get(SubtleCrypto.prototype, name);
  if (name === "constructor" || typeof operate !== "function") continue;
  Object.defineProperty(SubtleCrypto.prototype, name, {
    value(this: SubtleCrypto, ...args: unknown[]) {
      done.push(name);
      return Reflect.apply(operate, this, args);
    },
  });
}

const built = new URL("../../_fresh/server.js", import.meta.url);
const server: Required<Deno.ServeDefaultExport> = (await import(built.href))
  .default;

export default {
  async fetch(request, info) {
    done = [];
    const { body, status, headers } = await server.fetch(request, info);
    const told = new Headers(headers);
    told.set("x-crypto-operations", done.join());
    return new Response(body, { status, headers: told });
  },
} satisfies Deno.ServeDefaultExport;
