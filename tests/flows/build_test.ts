/**
 * What is in the build of this project.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { ROOT } from "@/tools/packages.ts";

const server = await readAll(`${ROOT}_fresh/server`);
const client = await readAll(`${ROOT}_fresh/client/assets`);

Deno.test("the server build runs without packages beside it", () => {
  const imported = [...server.matchAll(/^(?:import|export) .*from "([^"]+)"/gm)]
    .map(([, source = ""]) => source);
  assertEquals(imported.length > 0, true);
  assertEquals(
    imported.filter((source) => !/^(?:\.\/|node:)/.test(source)),
    [],
  );
});

Deno.test("the server build holds the SDK's clients once", () => {
  assertEquals(server.split("var wixContext = {}").length, 2);
});

Deno.test("no code of local Wix is in the build", () => {
  for (const mark of ["demo.example", "Local Wix does not answer"]) {
    assertEquals(server.includes(mark), false, mark);
    assertEquals(client.includes(mark), false, mark);
  }
});

Deno.test("an island with one SDK module adds less than 14 kB, compressed", async () => {
  const sizes = new Map<string, number>();
  for (const { file, code } of await chunksOfClient()) {
    const compressed = new Response(code).body?.pipeThrough(
      new CompressionStream("gzip"),
    );
    const { byteLength } = await new Response(compressed).arrayBuffer();
    const isSdk = code.includes("X-Wix-Gateway");
    sizes.set(
      isSdk ? "the SDK" : file.replace(/-[\w-]{8}\.js$/, ""),
      byteLength,
    );
  }
  const search = [...sizes].find(([name]) => name.endsWith("MemberSearch"));
  const total = (sizes.get("the SDK") ?? NaN) + (search?.[1] ?? 0);
  assertEquals(total < 14_000, true, `${total} bytes`);
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
