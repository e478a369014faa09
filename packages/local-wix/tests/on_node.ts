/**
 * Runs the contract cases on Node, both the SDK and local Wix:
 *
 *     deno task test:node
 *
 * @module
 */
import { build, stop } from "esbuild";
import { FOR_NODE } from "../build_npm.ts";

const path = (name: string) => new URL(name, import.meta.url).pathname;

const names = [...Deno.readDirSync(path("contract"))]
  .map(({ name }) => name).filter((name) => name.endsWith("_test.ts"));
// Inside the workspace, where Node finds the SDK.
const outdir = path("../npm/tests");
await build({
  ...FOR_NODE,
  entryPoints: names.map((name) => path(`contract/${name}`)),
  outdir,
  outExtension: { ".js": ".mjs" },
  external: ["@wix/*"],
  alias: { "@std/assert": path("../../offline/stubs/std_assert/mod.ts") },
  inject: [path("helpers/deno_on_node.ts")],
  logLevel: "error",
});
await stop();
const files = names.map((name) => `${outdir}/${name.replace(/ts$/, "mjs")}`);
const { code } = await new Deno.Command("node", {
  args: ["--test", "--test-concurrency=2", "--test-reporter=spec", ...files],
}).spawn().status;
await Deno.remove(outdir, { recursive: true });
Deno.exit(code);
