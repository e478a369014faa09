import { assert, assertEquals, assertMatch } from "@std/assert";
import { buildNpm } from "../build_npm.ts";
import { isInstalled } from "./helpers/node_server.ts";

const SHOP = new URL("./npm_package/shop.mjs", import.meta.url);
const INSTALLED = new URL("../../../node_modules/@wix", import.meta.url);
const WITH_PRELOAD = ["--import", "@fresh-wix/local-wix/preload"];

const missing = !await isInstalled("npm");
const note = missing ? " (ignored: npm is not installed)" : "";
const TITLE =
  "the package for npm runs on Node, where a shop's program fills " +
  `a cart and places an order${note}`;

Deno.test(TITLE, { ignore: missing }, async () => {
  const folder = await Deno.makeTempDir();
  await Deno.mkdir(`${folder}/built`);
  await buildNpm(`${folder}/built`);
  const run = async (command: string, ...args: string[]) => {
    const options = { args, cwd: folder, env: { WIX_API_ORIGIN: origin } };
    const { code, stdout, stderr } = await new Deno.Command(command, options)
      .output();
    assertEquals(code, 0, new TextDecoder().decode(stderr));
    return new TextDecoder().decode(stdout);
  };
  let origin = "";
  const [packed] = JSON.parse(await run("npm", "pack", "./built", "--json"));
  assert(packed.unpackedSize < 1_000_000, `${packed.unpackedSize} bytes`);
  const manifest = await Deno.readTextFile(`${folder}/built/package.json`);
  assertEquals(/scripts|ependencies/.exec(manifest), null);
  // It has no dependencies: nothing is fetched.
  await run("npm", "install", `./${packed.filename}`, "--offline");
  assertMatch(await run("npx", "--offline", "local-wix", "--help"), /^Usage: /);

  const command = `${folder}/node_modules/.bin/local-wix`;
  const args = ["--port=0", "--quiet", `--state=${folder}/shop.log`];
  const server = new Deno.Command(command, { args, stdout: "piped" }).spawn();
  const output = server.stdout.pipeThrough(new TextDecoderStream()).getReader();
  try {
    origin = (await output.read()).value?.trim().split(" ").at(-1) ?? "";
    await Deno.symlink(INSTALLED, `${folder}/node_modules/@wix`);
    await Deno.copyFile(SHOP, `${folder}/shop.mjs`);
    assertEquals(await run("node", ...WITH_PRELOAD, "shop.mjs"), "2 41.01\n");
  } finally {
    server.kill();
    assertEquals((await server.status).code, 0);
    await output.cancel();
    await Deno.remove(folder, { recursive: true });
  }
});
