import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import fc from "fast-check";
import { Buffer } from "node:buffer";
import { WixError } from "../src/http/errors.ts";
import { readJson, readQuery } from "../src/http/request.ts";
import { cursorPage, readCursorQuery } from "../src/query/paging.ts";
import { sortBy, type SortStep } from "../src/query/sort.ts";

const NEWEST: readonly SortStep[] = [{ fieldName: "at", order: "DESC" }];

/** The page of `records` that a cursor leads to. */
function pageOf<T extends { id: string }>(
  records: readonly T[],
  cursor?: string | null,
) {
  const paging = cursor ? { cursorPaging: { cursor } } : {};
  const sizes = { max: 100, otherwise: 2 };
  const query = readCursorQuery(paging, "cursorPaging", sizes);
  const page = cursorPage(sortBy(records, NEWEST), NEWEST, query);
  return { items: page.items, ...page.metadata.cursors };
}

Deno.test("cursorPage() returns every record once, forward and back", () => {
  const at = fc.option(fc.integer({ min: 0, max: 3 }));
  fc.assert(fc.property(fc.array(at, { maxLength: 12 }), (times) => {
    const records = times.map((at, index) => ({ id: `r${index}`, at }));
    const pages = [pageOf(records)];
    while (pages.at(-1)?.next) {
      pages.push(pageOf(records, pages.at(-1)?.next));
    }
    const seen = pages.flatMap(({ items }) => items);
    assertEquals(seen, sortBy(records, NEWEST));
    for (const [index, { prev }] of pages.entries()) {
      const before = pages[index - 1];
      assertEquals(prev === null, before === undefined);
      if (prev) assertEquals(pageOf(records, prev).items, before?.items);
    }
  }));
});

const read = (query: string) =>
  readQuery(new URL(`http://localhost/?${query}`));

Deno.test("readQuery() reads any payload in the SDK's two encodings", () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => {
    const payload = JSON.parse(JSON.stringify({ value }));
    const packed = Buffer.from(JSON.stringify(payload)).toString("base64url");
    assertEquals(read(`.r=${packed}`), payload);
  }));
  assertEquals(read("fieldsets=PUBLIC&fieldsets=FULL&id=1&paging.limit=5"), {
    fieldsets: ["PUBLIC", "FULL"],
    id: "1",
    paging: { limit: "5" },
  });
  for (const packed of ["", "e3", "W10", "%00"]) {
    assertThrows(() => read(`.r=${packed}`), WixError);
  }
});

Deno.test("readQuery() never reads inherited properties", () => {
  for (const path of ["__proto__", "a.__proto__", "constructor.prototype"]) {
    read(`${path}.polluted=1`);
    assert(!("polluted" in {}), path);
    assert(!Object.hasOwn(Object, "polluted"), path);
  }
});

Deno.test("nesting of more than 200 levels is refused", async () => {
  assertThrows(
    () => read("a.".repeat(201) + "a=1"),
    WixError,
    "200 levels deep",
  );
  const post = (body: string) =>
    new Request("http://localhost", { method: "POST", body });
  const many = 100_000;
  const arrays = `{"a":${"[".repeat(many)}${"]".repeat(many)}}`;
  const objects = `{"a":`.repeat(many) + "1" + "}".repeat(many);
  for (const body of [arrays, objects]) {
    await assertRejects(
      () => readJson(post(body)),
      WixError,
      "200 levels deep",
    );
  }
  const brackets = { a: '["{\\'.repeat(1000) };
  assertEquals(await readJson(post(JSON.stringify(brackets))), brackets);
});
