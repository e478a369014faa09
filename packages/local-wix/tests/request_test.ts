import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { Buffer } from "node:buffer";
import { WixError } from "../src/http/errors.ts";
import { readJson, readQuery } from "../src/http/request.ts";

Deno.test("readQuery() unpacks .r from unpadded base64url", () => {
  const payload = { query: { filter: { name: "ünïcødé?>" } } };
  const packed = Buffer.from(JSON.stringify(payload)).toString("base64url");
  assertEquals(read(`.r=${packed}`), payload);
});

Deno.test("readQuery() makes lists of repeated and objects of dotted names", () => {
  assertEquals(read("fieldsets=PUBLIC&fieldsets=FULL&id=1"), {
    fieldsets: ["PUBLIC", "FULL"],
    id: "1",
  });
  assertEquals(read("paging.limit=5&paging.offset=2"), {
    paging: { limit: "5", offset: "2" },
  });
});

Deno.test("readQuery() refuses a .r that is no JSON object", () => {
  for (const packed of ["", "e3", "W10", "%00"]) {
    assertThrows(() => read(`.r=${packed}`), WixError);
  }
});

function read(query: string) {
  return readQuery(new URL(`http://localhost/?${query}`));
}

Deno.test("readJson() refuses what is nested too deeply, quickly", async () => {
  for (
    const body of [
      `{"a":${"[".repeat(100_000)}${"]".repeat(100_000)}}`,
      `{"a":`.repeat(100_000) + "1" + "}".repeat(100_000),
    ]
  ) {
    const request = new Request("http://localhost", { method: "POST", body });
    await assertRejects(() => readJson(request), WixError, "200 deep");
  }
});

Deno.test("readJson() counts no brackets inside texts", async () => {
  const sent = { a: '["{\\'.repeat(1000) };
  const body = JSON.stringify(sent);
  const request = new Request("http://localhost", { method: "POST", body });
  assertEquals(await readJson(request), sent);
});

Deno.test("readQuery() never reaches what all objects share", () => {
  for (
    const query of [
      "__proto__.polluted=1",
      "a.__proto__.polluted=1",
      "constructor.prototype.polluted=1",
      "toString.polluted=1",
    ]
  ) {
    read(query);
    assertEquals(Object.hasOwn(Object.prototype, "polluted"), false, query);
    assertEquals(Object.hasOwn(Object, "polluted"), false, query);
    assertEquals("polluted" in Object.prototype.toString, false, query);
  }
});

Deno.test("readQuery() refuses names nested too deeply", () => {
  assertThrows(() => read("a.".repeat(201) + "a=1"), WixError, "200 deep");
});
