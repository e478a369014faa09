/** The least that an HTTP server in Deno can do: one text, whatever is asked. */
const [text = ""] = Deno.args;
const body = new TextEncoder().encode(text);
const headers = { "content-type": "application/json" };
const server = Deno.serve(
  { port: 0, hostname: "127.0.0.1", onListen() {} },
  () => new Response(body, { headers }),
);
console.log(`Listening on http://127.0.0.1:${server.addr.port}`);
