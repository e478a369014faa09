/**
 * The contents of the build.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { ROOT } from "@/tools/packages.ts";

const server = await readAll(`${ROOT}_fresh/server`);
const client = await readAll(`${ROOT}_fresh/client/assets`);

Deno.test("the server build contains its packages", () => {
  const imported = [...server.matchAll(/^(?:import|export) .*from "([^"]+)"/gm)]
    .map(([, source = ""]) => source);
  assertEquals(imported.length > 0, true);
  assertEquals(
    imported.filter((source) => !/^(?:\.\/|node:)/.test(source)),
    [],
  );
});

Deno.test("the server build contains the SDK's clients once", () => {
  assertEquals(server.split("var wixContext = {}").length, 2);
});

Deno.test("the build contains no code of local Wix", () => {
  for (const mark of ["demo.example", "Local Wix does not support"]) {
    assertEquals(server.includes(mark), false, mark);
    assertEquals(client.includes(mark), false, mark);
  }
});

Deno.test("islands without the SDK do not load it", async () => {
  const chunks = await chunksOfClient();
  const [sdk, ...more] = chunks.filter(({ code }) =>
    code.includes("X-Wix-Gateway")
  );
  assertEquals(more, [], "the SDK's client is in one chunk");
  const clock = chunks.find(({ file }) => /LocalTime-/.test(file));
  assertEquals(clock?.code.includes(sdk?.file ?? "none"), false);
});

async function chunksOfClient(): Promise<{ file: string; code: string }[]> {
  const folder = `${ROOT}_fresh/client/assets`;
  const chunks = [];
  for await (const { name: file } of Deno.readDir(folder)) {
    if (!file.endsWith(".js")) continue;
    const code = await Deno.readTextFile(`${folder}/${file}`);
    chunks.push({ file, code });
  }
  return chunks;
}

async function readAll(folder: string): Promise<string> {
  let text = "";
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const path = `${folder}/${name}`;
    text += isDirectory ? await readAll(path) : await Deno.readTextFile(path);
  }
  return text;
}
