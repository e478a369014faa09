import { assertEquals } from "@std/assert";
import { SITE, startLocalWix } from "../src/mod.ts";
import { isInstalled } from "./helpers/node_server.ts";

const PRELOAD = pathOf("../src/preload.mjs");
const PROGRAM = pathOf("./preload/program.mjs");
const CONFIG = Deno.env.get("FRESH_WIX_CONFIG") ?? pathOf("../deno.json");

const deno = ["run", "-A", "--config", CONFIG, "--preload", PRELOAD, PROGRAM];
const RUNTIMES = [
  ["Node", "node", ["--import", PRELOAD, PROGRAM]],
  ["Deno", Deno.execPath(), deno],
] as const;

for (const [name, command, args] of RUNTIMES) {
  const missing = !await isInstalled(command);
  const note = missing ? ` (ignored: ${command} is not installed)` : "";
  Deno.test({
    name:
      `preload.mjs redirects an unchanged program on ${name} to local Wix${note}`,
    ignore: missing,
    async fn() {
      await using wix = await startLocalWix({ port: 0 });
      await using other = Deno.serve(
        { port: 0, hostname: "127.0.0.1", onListen() {} },
        () => new Response("another server"),
      );
      const elsewhere = `http://127.0.0.1:${other.addr.port}/www.wixapis.com`;
      const { code, stdout, stderr } = await new Deno.Command(command, {
        args: [...args, SITE.clientId, elsewhere],
        env: { WIX_API_ORIGIN: wix.origin },
      }).output();
      const text = new TextDecoder();
      assertEquals(code, 0, text.decode(stderr));
      assertEquals(JSON.parse(text.decode(stdout)), {
        visitorSaw: 10,
        slug: "ann",
        orders: 10,
        ownRequest: "MEMBER",
        picture: "image/png",
        pictured: [200, 200],
        report: "Cannot fetch https://frog.wix.com: " +
          "local Wix does not replace it",
        elsewhere: "another server",
      });
    },
  });
}

function pathOf(relative: string): string {
  return new URL(relative, import.meta.url).pathname;
}
