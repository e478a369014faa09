import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import fc from "fast-check";
import { Buffer } from "node:buffer";
import { WixError } from "../src/http/errors.ts";
import { readJson, readQuery } from "../src/http/request.ts";
import { compileFilter, type FilterFields } from "../src/query/filter.ts";
import { cursorPage, readCursorQuery } from "../src/query/paging.ts";
import { sortBy, type SortStep } from "../src/query/sort.ts";

const FIELDS: FilterFields = {
  ...Object.fromEntries(
    ["name", "amount", "at", "tags", "items.sku"].map((name) => [name, "*"]),
  ),
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

const ACCEPTED: readonly unknown[] = [
  undefined,
  {},
  { name: "Ann" },
  { name: { $in: ["Ann", "Ben"] } },
  { name: { $startsWith: "AN" } },
  { name: { $endsWith: "NN" } },
  { name: { $contains: "nN" } },
  { name: { $exists: true } },
  { amount: { $gt: "9.5" } },
  { amount: { $gte: "5", $lte: "10" } },
  { at: "2026-01-02T03:04:05Z" },
  { tags: "blue" },
  { tags: { $hasSome: ["green", "red"] } },
  { tags: { $hasAll: ["blue", "red"] } },
  { "items.sku": { $hasSome: ["B-2"] } },
  { $and: [{ name: "Ann" }, { status: "OPEN" }] },
  { $or: [{ name: "Ben" }, { status: "OPEN" }] },
  { $not: { name: "Ben" } },
];
const DROPPED: readonly unknown[] = [
  { name: "ann" },
  { name: null },
  { name: { $ne: "Ann" } },
  { name: { $nin: ["Ann"] } },
  { name: { $exists: false } },
  { amount: { $lt: 9 } },
  { amount: { $gte: "5", $lte: "9" } },
  { at: { $lt: "2026-01-02T03:04:05+05:00" } },
  { tags: { $hasAll: ["green", "red"] } },
  { name: "Ann", status: "SHUT" },
  { $or: [{ name: "Ben" }, { status: "SHUT" }] },
  { $not: { $and: [{ name: "Ann" }] } },
];
const REFUSED: readonly unknown[] = [
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
];

Deno.test("compileFilter() accepts what matches, drops what does not, and refuses unknown fields and operators", () => {
  for (const filter of [...ACCEPTED, ...DROPPED]) {
    const isFound = compileFilter(filter, FIELDS)(RECORD);
    assertEquals(isFound, ACCEPTED.includes(filter), JSON.stringify(filter));
  }
  for (const filter of REFUSED) {
    assertThrows(() => compileFilter(filter, FIELDS), WixError);
  }
});

Deno.test("compileFilter() finds nothing where there is no value", () => {
  const filters: readonly [object, boolean][] = [
    [{ name: null }, true],
    [{ name: { $exists: false } }, true],
    [{ name: { $ne: "Ann" } }, true],
    [{ name: { $lt: "Z" } }, false],
    [{ "items.sku": "A-1" }, false],
  ];
  for (const [filter, expected] of filters) {
    const matches = compileFilter(filter, FIELDS);
    assertEquals(matches({ name: undefined }), expected);
  }
});

const NEWEST: readonly SortStep[] = [{ fieldName: "at", order: "DESC" }];

/** The page of `records` that a cursor leads to. */
function pageOf<T extends { id: string }>(
  records: readonly T[],
  cursor?: string | null,
) {
  const paging = cursor ? { cursorPaging: { cursor } } : {};
  const sizes = { max: 100, otherwise: 2 };
  const query = readCursorQuery(paging, "cursorPaging", sizes);
  return cursorPage(sortBy(records, NEWEST), NEWEST, query);
}

Deno.test("sortBy() breaks ties by id and puts missing values lowest", () => {
  const times = { a: 1, b: 3, d: 2, c: 2, e: null };
  const records = Object.entries(times).map(([id, at]) => ({ id, at }));
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

Deno.test("readQuery() never reaches what all objects share", () => {
  const shared = [
    "__proto__",
    "a.__proto__",
    "constructor.prototype",
    "toString",
  ];
  for (const path of shared) {
    read(`${path}.polluted=1`);
    assert(!("polluted" in {}), path);
    assert(!Object.hasOwn(Object, "polluted"), path);
    assert(!("polluted" in Object.prototype.toString), path);
  }
});

Deno.test("nesting of more than 200 levels is refused", async () => {
  assertThrows(() => read("a.".repeat(201) + "a=1"), WixError, "200 deep");
  const post = (body: string) =>
    new Request("http://localhost", { method: "POST", body });
  const many = 100_000;
  const arrays = `{"a":${"[".repeat(many)}${"]".repeat(many)}}`;
  const objects = `{"a":`.repeat(many) + "1" + "}".repeat(many);
  for (const body of [arrays, objects]) {
    await assertRejects(() => readJson(post(body)), WixError, "200 deep");
  }
  const brackets = { a: '["{\\'.repeat(1000) };
  assertEquals(await readJson(post(JSON.stringify(brackets))), brackets);
});
