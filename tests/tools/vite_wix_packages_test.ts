import { assertEquals } from "@std/assert";
import { ROOT } from "@/tools/packages.ts";

const server = await readAll(`${ROOT}_fresh/server`);
const client = await readAll(`${ROOT}_fresh/client/assets`);
const { imports } = JSON.parse(await Deno.readTextFile(`${ROOT}deno.json`));

Deno.test("the server imports the Wix packages as they are, pinned as in deno.json", () => {
  const imported = new Set(
    [...server.matchAll(/["'](npm:(@wix\/[^@/"']+)[^"']*)["']/g)]
      .map(([, specifier = "", name = ""]) =>
        specifier.startsWith(imports[name]) ? name : specifier
      ),
  );
  // Others may come: what counts is that none is imported in another way.
  for (const name of ["@wix/ecom", "@wix/members", "@wix/sdk"]) {
    assertEquals(imported.has(name), true, name);
  }
  assertEquals([...imported].filter((name) => name.startsWith("npm:")), []);
});

Deno.test("the server build holds no code of the Wix SDK", () => {
  assertEquals(server.includes("wixContext"), false);
  assertEquals(server.includes("X_WIX_CONSISTENT_HEADER"), false);
});

Deno.test("no code of local Wix is in the build", () => {
  for (const mark of ["demo.example", "Local Wix does not answer"]) {
    assertEquals(server.includes(mark), false, mark);
    assertEquals(client.includes(mark), false, mark);
  }
});

async function readAll(folder: string): Promise<string> {
  let text = "";
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const path = `${folder}/${name}`;
    text += isDirectory ? await readAll(path) : await Deno.readTextFile(path);
  }
  return text;
}
