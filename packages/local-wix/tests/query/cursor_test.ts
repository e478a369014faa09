import { assertEquals } from "@std/assert";
import {
  cursorPage as page0,
  type CursorState,
  decodeCursor,
} from "../../src/query/paging.ts";
import { sortBy, type SortStep } from "../../src/query/sort.ts";

const NEWEST: readonly SortStep[] = [{ fieldName: "at", order: "DESC" }];
const RECORDS = [
  { id: "a", at: 1 },
  { id: "b", at: 3 },
  { id: "c", at: 2 },
  { id: "d", at: 2 },
  { id: "e", at: null },
];
const SORTED = sortBy(RECORDS, NEWEST);

Deno.test("sortBy() breaks ties by id and puts missing values lowest", () => {
  assertEquals(SORTED.map(({ id }) => id).join(""), "bcdae");
});

Deno.test("cursorPage() continues inside a tie", () => {
  const first = pageOf(null);
  assertEquals(ids(first), "bc");
  assertEquals(first.prev, null);
  const second = pageOf(after(first.next));
  assertEquals(ids(second), "da");
});

Deno.test("cursorPage() goes back to exactly the page before", () => {
  const key = [null, "e"];
  const page = pageOf({ key, side: "before" });
  assertEquals(ids(page), "da");
});

Deno.test("cursorPage() shortens the page when it reaches the start", () => {
  const key = [2, "c"];
  const page = pageOf({ key, side: "before" });
  assertEquals([ids(page), page.prev], ["b", null]);
});

Deno.test("cursorPage() neither repeats nor skips when a record is added", () => {
  const { next } = pageOf(null);
  const grown = sortBy([...RECORDS, { id: "f", at: 9 }], NEWEST);
  assertEquals(ids(pageOf(after(next), grown)), "da");
});

Deno.test("cursorPage() is empty past the end", () => {
  const page = pageOf(after([null, "e"]));
  assertEquals([ids(page), page.next, page.prev], ["", null, null]);
});

function pageOf(
  from: Pick<CursorState, "key" | "side"> | null,
  records = SORTED,
) {
  const { items, next, prev } = page0(records, NEWEST, {
    limit: 2,
    from: from && { limit: 2, ...from },
  });
  return {
    items,
    next: next === null ? null : decodeCursor(next).key,
    prev: prev === null ? null : decodeCursor(prev).key,
  };
}

function ids({ items }: { items: readonly { id: string }[] }): string {
  return items.map(({ id }) => id).join("");
}

function after(key: readonly unknown[] | null) {
  return { key: key ?? [], side: "after" } as const;
}
