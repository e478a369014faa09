/**
 * Several built apps in one process: for each a port and its folder are given.
 *
 * What differs by chance between processes that run the same code, such as what
 * V8 compiles when and where it lies in memory, is more than what is measured.
 */
const host = "127.0.0.1";

for (let at = 0; at < Deno.args.length; at += 2) {
  const [port, root] = Deno.args.slice(at);
  // Each reads it while it is loaded.
  Deno.env.set("APP_ORIGIN", `http://${host}:${port}`);
  const { default: app } = await import(`${root}_fresh/server.js`);
  Deno.serve(
    { port: Number(port), hostname: host, onListen() {} },
    (request, info) => app.fetch(request, info),
  );
}
