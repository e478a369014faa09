import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import fc from "fast-check";
import { Buffer } from "node:buffer";
import { WixError } from "../src/http/errors.ts";
import { readJson, readQuery } from "../src/http/request.ts";
import {
  compileFilter,
  type FilterFields,
  mentionsField,
} from "../src/query/filter.ts";
import { cursorPage, readCursorQuery } from "../src/query/paging.ts";
import { sortBy, type SortStep } from "../src/query/sort.ts";

const FIELDS: FilterFields = {
  name: "*",
  amount: "*",
  at: "*",
  tags: "*",
  "items.sku": "*",
  status: ["$eq"],
};
const RECORD = {
  name: "Ann",
  amount: "10.00",
  at: "2026-01-02T03:04:05.000Z",
  tags: ["red", "blue"],
  items: [{ sku: "A-1" }, { sku: "B-2" }],
  status: "OPEN",
  note: null,
};

Deno.test("compileFilter() accepts what matches and drops what does not", () => {
  for (
    const [filter, expected] of [
      [undefined, true],
      [{}, true],
      [{ name: "Ann" }, true],
      [{ name: "ann" }, false],
      [{ name: { $ne: "Ann" } }, false],
      [{ name: { $in: ["Ann", "Ben"] } }, true],
      [{ name: { $nin: ["Ann"] } }, false],
      [{ name: { $startsWith: "AN" } }, true],
      [{ name: { $endsWith: "NN" } }, true],
      [{ name: { $contains: "nN" } }, true],
      [{ name: { $exists: true } }, true],
      [{ name: { $exists: false } }, false],
      [{ name: null }, false],
      [{ amount: { $gt: "9.5" } }, true],
      [{ amount: { $lt: 9 } }, false],
      [{ amount: { $gte: "5", $lte: "10" } }, true],
      [{ amount: { $gte: "5", $lte: "9" } }, false],
      [{ at: "2026-01-02T03:04:05Z" }, true],
      [{ at: { $lt: "2026-01-02T03:04:05+05:00" } }, false],
      [{ tags: "blue" }, true],
      [{ tags: { $hasSome: ["green", "red"] } }, true],
      [{ tags: { $hasAll: ["green", "red"] } }, false],
      [{ tags: { $hasAll: ["blue", "red"] } }, true],
      [{ "items.sku": { $hasSome: ["B-2"] } }, true],
      [{ name: "Ann", status: "SHUT" }, false],
      [{ $and: [{ name: "Ann" }, { status: "OPEN" }] }, true],
      [{ $or: [{ name: "Ben" }, { status: "OPEN" }] }, true],
      [{ $or: [{ name: "Ben" }, { status: "SHUT" }] }, false],
      [{ $not: { name: "Ben" } }, true],
      [{ $not: { $and: [{ name: "Ann" }] } }, false],
    ] as const
  ) {
    const matches = compileFilter(filter, FIELDS);
    assertEquals(matches(RECORD), expected, JSON.stringify(filter));
  }
});

Deno.test("compileFilter() finds nothing where there is no value", () => {
  for (
    const [filter, expected] of [
      [{ name: null }, true],
      [{ name: { $exists: false } }, true],
      [{ name: { $ne: "Ann" } }, true],
      [{ name: { $lt: "Z" } }, false],
      [{ "items.sku": "A-1" }, false],
    ] as const
  ) {
    const matches = compileFilter(filter, FIELDS);
    assertEquals(matches({ name: undefined }), expected);
  }
});

Deno.test("compileFilter() refuses unknown fields and operators", () => {
  for (
    const filter of [
      "name",
      [],
      { secret: 1 },
      { constructor: 1 },
      { name: { $regex: "." } },
      { name: { first: "Ann" } },
      { status: { $ne: "OPEN" } },
      { $nor: [] },
      { $and: {} },
      { $or: [{ secret: 1 }] },
      { name: { $in: "Ann" } },
    ]
  ) assertThrows(() => compileFilter(filter, FIELDS), WixError);
});

Deno.test("mentionsField() looks into every logical operator", () => {
  const nested = { $and: [{ $or: [{ $not: { status: "OPEN" } }] }] };
  assertEquals(mentionsField(nested, "status"), true);
  assertEquals(mentionsField({ name: "status" }, "status"), false);
  assertEquals(mentionsField(undefined, "status"), false);
});

const NEWEST: readonly SortStep[] = [{ fieldName: "at", order: "DESC" }];
const SIZES = { max: 100, otherwise: 2 };

/** The page of `records` that a cursor leads to. */
function pageOf<T extends { id: string }>(
  records: readonly T[],
  cursor?: string | null,
) {
  const paging = cursor ? { cursorPaging: { cursor } } : {};
  const query = readCursorQuery(paging, "cursorPaging", SIZES);
  return cursorPage(sortBy(records, NEWEST), NEWEST, query);
}

Deno.test("sortBy() breaks ties by id and puts missing values lowest", () => {
  const records = [
    { id: "a", at: 1 },
    { id: "b", at: 3 },
    { id: "d", at: 2 },
    { id: "c", at: 2 },
    { id: "e", at: null },
  ];
  assertEquals(sortBy(records, NEWEST).map(({ id }) => id).join(""), "bcdae");
});

Deno.test("cursorPage() leads through every record once, forth and back", () => {
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

Deno.test("cursorPage() neither repeats nor skips when a record is added", () => {
  const records = ["a", "b", "c"].map((id) => ({ id, at: 1 }));
  const { next } = pageOf(records);
  const grown = [...records, { id: "f", at: 9 }];
  assertEquals(pageOf(grown, next).items, [{ id: "c", at: 1 }]);
});

function read(query: string) {
  return readQuery(new URL(`http://localhost/?${query}`));
}

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
    assert(!("polluted" in {}), query);
    assert(!Object.hasOwn(Object, "polluted"), query);
    assert(!("polluted" in Object.prototype.toString), query);
  }
});

Deno.test("nesting of more than 200 levels is refused, quickly", async () => {
  assertThrows(() => read("a.".repeat(201) + "a=1"), WixError, "200 deep");
  const post = (body: string) =>
    new Request("http://localhost", { method: "POST", body });
  for (
    const body of [
      `{"a":${"[".repeat(100_000)}${"]".repeat(100_000)}}`,
      `{"a":`.repeat(100_000) + "1" + "}".repeat(100_000),
    ]
  ) await assertRejects(() => readJson(post(body)), WixError, "200 deep");
  const brackets = { a: '["{\\'.repeat(1000) };
  assertEquals(await readJson(post(JSON.stringify(brackets))), brackets);
});
