import { assertEquals, assertThrows } from "@std/assert";
import { Buffer } from "node:buffer";
import { WixError } from "../../local_wix/http/errors.ts";
import { readQuery } from "../../local_wix/http/request.ts";

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
