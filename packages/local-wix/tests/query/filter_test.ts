import { assertEquals, assertThrows } from "@std/assert";
import { WixError } from "../../src/http/errors.ts";
import {
  compileFilter,
  type FilterFields,
  mentionsField,
} from "../../src/query/filter.ts";

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
  const empty = { name: undefined };
  const check = (filter: unknown) => compileFilter(filter, FIELDS)(empty);
  assertEquals(check({ name: null }), true);
  assertEquals(check({ name: { $exists: false } }), true);
  assertEquals(check({ name: { $ne: "Ann" } }), true);
  assertEquals(check({ name: { $lt: "Z" } }), false);
  assertEquals(check({ "items.sku": "A-1" }), false);
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
  ) {
    assertThrows(() => compileFilter(filter, FIELDS), WixError);
  }
});

Deno.test("mentionsField() looks into every logical operator", () => {
  const nested = { $and: [{ $or: [{ $not: { status: "OPEN" } }] }] };
  assertEquals(mentionsField(nested, "status"), true);
  assertEquals(mentionsField({ name: "status" }, "status"), false);
  assertEquals(mentionsField(undefined, "status"), false);
});
