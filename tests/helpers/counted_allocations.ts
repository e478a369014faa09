/**
 * Serves the built app, and tells in a header of each answer,
 * `x-allocated-bytes`, how much memory of V8 was allocated for it. Right for
 * one request at a time, and as long as no garbage is collected meanwhile.
 *
 * @module
 */

const built = new URL("../../_fresh/server.js", import.meta.url);
const server: Required<Deno.ServeDefaultExport> = (await import(built.href))
  .default;

export default {
  async fetch(request, info) {
    const before = Deno.memoryUsage().heapUsed;
    const { body, status, headers } = await server.fetch(request, info);
    const allocated = Deno.memoryUsage().heapUsed - before;
    const told = new Headers(headers);
    told.set("x-allocated-bytes", String(allocated));
    return new Response(body, { status, headers: told });
  },
} satisfies Deno.ServeDefaultExport;
