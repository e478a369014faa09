import { assert, assertEquals } from "@std/assert";
import { items } from "@wix/data";
import { guid } from "../../src/mod.ts";
import { daysBefore } from "../../src/seed/people.ts";
import { at, post, visitorTokens } from "../helpers/http.ts";
import { assertWixError, it } from "../helpers/site.ts";
import { build, each, find, type Loose, outcome, type Step } from "./rows.ts";

const modules = { items };

const pick = (name: string, items: readonly Record<string, unknown>[]) =>
  items.map(({ [name]: value }) => value);
const titles = (items: readonly Record<string, unknown>[]) =>
  pick("title", items);

it.local("a visitor reads a public collection", async (site) => {
  const { items: data } = site.visitor(modules);
  const found = await data.query("Recipes").find();
  assertEquals(titles(found.items).slice(0, 2), ["Rye bread", "Flatbread"]);
  const [rye] = found.items;
  assertEquals(rye?.tags, ["bread", "slow"]);
  assert(rye?._createdDate instanceof Date);
  assert(rye?.firstBaked instanceof Date);
  assertEquals(await data.query("Recipes").count(), 6);
  assertEquals(await data.query("Recipes").lt("minutes", 40).count(), 2);
  assertEquals(await data.get("Recipes", rye?._id ?? ""), rye ?? null);
  assertEquals(await data.get("Recipes", "no-such-item"), null);
});

it.local("items are filtered, sorted and paged", async (site) => {
  const { items: data } = site.visitor(modules);
  const first = await data.query("Recipes").gt("minutes", 25)
    .descending("minutes").limit(2).find({ returnTotalCount: true });
  assertEquals([first.totalCount, first.totalPages], [5, 3]);
  const second = await first.next();
  const third = await second.next();
  assertEquals(
    [first, second, third].map((page) => page.items.map((i) => i.minutes)),
    [[240, 70], [60, 45], [30]],
  );
  assertEquals([first.hasPrev(), third.hasNext()], [false, false]);
  assertEquals((await third.prev()).items, second.items);
});

const BAKER = guid("dataItem", 50);
const SOUPS = "Potato soup|Beetroot soup";
// So many that the query is sent as POST.
const MANY = Array.from({ length: 300 }, (_, i) => `Nothing called ${i}`);
// deno-fmt-ignore -- a table
each([
  ["a text", [["eq", "title", "Plum cake"]], "Plum cake"],
  ["a text, with its case", [["eq", "title", "plum cake"]], ""],
  ["another text", [["ne", "title", "Plum cake"], ["gt", "minutes", 60]], "Rye bread"],
  ["a beginning, in either case", [["startsWith", "title", "rye"]], "Rye bread"],
  ["an end", [["endsWith", "title", "soup"], ["lt", "minutes", 50]], "Potato soup"],
  ["a part, in either case", [["contains", "title", "ROOT"]], "Beetroot soup"],
  ["a number", [["eq", "minutes", 25]], "Flatbread"],
  ["a larger number", [["gt", "minutes", 70]], "Rye bread"],
  ["a number or a larger one", [["ge", "minutes", 70]], "Rye bread|Plum cake"],
  ["a smaller number", [["lt", "minutes", 30]], "Flatbread"],
  ["a number or a smaller one", [["le", "minutes", 30]], "Flatbread|Oat biscuits"],
  ["a range without its end", [["between", "minutes", 45, 60]], "Potato soup"],
  ["a later date", [["gt", "firstBaked", new Date(daysBefore(260))]], `Oat biscuits|${SOUPS}`],
  ["a date or an earlier one", [["le", "firstBaked", new Date(daysBefore(280))]], "Rye bread|Flatbread"],
  ["one item of a list", [["hasSome", "tags", ["cake", "biscuit"]]], "Plum cake|Oat biscuits"],
  ["all items of a list", [["hasAll", "tags", ["bread", "quick"]]], "Flatbread"],
  ["a reference", [["eq", "baker", BAKER], ["lt", "minutes", 100]], "Plum cake|Potato soup"],
  ["one of many references", [["hasSome", "goesWith", [guid("dataItem", 6)]]], "Rye bread"],
  ["nothing in a field", [["isEmpty", "baker"]], ""],
  ["something in a field", [["isNotEmpty", "baker"], ["eq", "minutes", 25]], "Flatbread"],
  ["one of very many texts", [["hasSome", "title", [...MANY, "Flatbread"]]], "Flatbread"],
  ["either of two filters", [["eq", "minutes", 25], ["or", (all: Loose) => all.eq("minutes", 240)]], "Rye bread|Flatbread"],
  ["both of two filters", [["gt", "minutes", 50], ["and", (all: Loose) => all.lt("minutes", 65)]], "Beetroot soup"],
  ["the opposite of a filter", [["not", (all: Loose) => all.contains("title", "a")]], "Beetroot soup"],
  ["the first in order", [["ascending", "title"], ["limit", 2]], "Beetroot soup|Flatbread"],
  ["the last in order", [["descending", "firstBaked"], ["limit", 1]], "Beetroot soup"],
  ["an order by two fields", [["ascending", "baker"], ["descending", "minutes"], ["skip", 2], ["limit", 2]], "Potato soup|Beetroot soup"],
], "a query of a collection finds $0: $2", async (site, _, steps) => {
  const { items: data } = site.visitor(modules);
  const own = steps.map(([name, ...args]: Step) => [name, ...args.map((arg) => typeof arg === "function" ? arg(data.query("Recipes")) : arg)]);
  return titles(await find(data.query("Recipes"), own)).join("|");
});

const NEW = { _id: guid("dataItem", 1), title: "Mine" };
// deno-fmt-ignore -- a table
each([
  ["insert()", (data) => data.insert("Recipes", { title: "Mine" }), "WDE0027"],
  ["update()", (data) => data.update("Recipes", NEW), "WDE0027"],
  ["save()", (data) => data.save("Recipes", NEW), "WDE0027"],
  ["remove()", (data) => data.remove("Recipes", NEW._id), "WDE0027"],
  ["truncate()", (data) => data.truncate("Recipes"), "WDE0027"],
  ["patch()", (data) => data.patch("Recipes", NEW._id).setField("title", "Mine").run(), "WDE0027"],
  ["bulkInsert()", (data) => data.bulkInsert("Recipes", [NEW]), "WDE0027"],
  ["bulkSave()", (data) => data.bulkSave("Recipes", [NEW]), "WDE0027"],
  ["bulkRemove()", (data) => data.bulkRemove("Recipes", [NEW._id]), "WDE0027"],
  ["insertReference()", (data) => data.insertReference("Recipes", "goesWith", NEW._id, NEW._id), "WDE0027"],
  ["replaceReferences()", (data) => data.replaceReferences("Recipes", "goesWith", NEW._id, []), "WDE0027"],
], "[assumed] $0 in a collection of the owner is $2 for a member", async (site, _, write) => {
  const { items: data } = await site.member(modules);
  const { items: before } = await data.query("Recipes").find();
  const written = await outcome(() => write(data));
  assertEquals((await data.query("Recipes").find()).items, before);
  return written;
});

// deno-fmt-ignore -- a table
each([
  ["a visitor's query of members' notes", (data) => data.query("Notes").find(), "WDE0027"],
  ["a visitor's count of members' notes", (data) => data.query("Notes").count(), "WDE0027"],
  ["a visitor's look at a member's note", (data) => data.get("Notes", guid("dataItem", 100)), "WDE0027"],
  ["a visitor's note", (data) => data.insert("Notes", { text: "Mine" }), "WDE0027"],
  ["a visitor's aggregate of members' notes", (data) => data.aggregate("Notes").count().run(), "WDE0027"],
  ["an item of an unknown collection", (data) => data.get("NoSuch", "x"), "WDE0025"],
  ["a count of an unknown collection", (data) => data.query("NoSuch").count(), "WDE0025"],
  ["a search of an unknown collection", (data) => data.search("NoSuch").expression("x").run(), "WDE0025"],
  ["an aggregate of an unknown collection", (data) => data.aggregate("NoSuch").count().run(), "WDE0025"],
  ["distinct values of an unknown collection", (data) => data.query("NoSuch").distinct("x"), "WDE0025"],
  ["a write to an unknown collection", (data) => data.insert("NoSuch", {}), "WDE0025"],
  ["an included field that is no reference", (data) => data.query("Recipes").include("title").find(), "WDE0020"],
  ["referenced items of a field that is no reference", (data) => data.queryReferenced("Recipes", NEW._id, "title"), "WDE0020"],
  ["referenced items of an unknown item", (data) => data.queryReferenced("Recipes", "none", "goesWith"), "WDE0073"],
], "[assumed] $0 is $2", (site, _, call) => call(site.visitor(modules).items));

it.any("[assumed] a query of an unknown collection is WDE0025", async (site) => {
  const { items: data } = site.visitor(modules);
  assertEquals(await outcome(() => data.query("NoSuch").find()), "WDE0025");
});

it.local("members see only their own notes", async (site) => {
  const { items: anns } = await site.member(modules);
  const { items: chiaras } = await site.member(modules, "chiara@demo.example");
  const mine = await anns.query("Notes").find();
  assertEquals(mine.items.map(({ text }) => text), [
    "Ask about the walnut board",
    "Birthday present for Ben: the pan",
  ]);
  const theirs = await chiaras.query("Notes").find();
  assertEquals(theirs.items.length, 1);
  const foreign = mine.items[0]?._id ?? "";
  assertEquals(await chiaras.get("Notes", foreign), null);
  assertEquals(await chiaras.remove("Notes", foreign), null);
  const change = () => chiaras.update("Notes", { _id: foreign, text: "Gone" });
  await assertWixError(change, undefined, "WDE0073");
  assertEquals(await anns.get("Notes", foreign), mine.items[0] ?? null);
});

it.local("an item is inserted, saved, replaced and removed", async (site) => {
  const { items: data } = await site.member(modules, "ben@demo.example");
  const when = new Date("2026-02-01T00:00:00.000Z");
  const added = await data.insert("Notes", { text: "New", when, _owner: "x" });
  assertEquals([added.text, added.when], ["New", when]);
  assert(added._createdDate instanceof Date);
  const { items: found } = await data.query("Notes").find();
  assertEquals(found, [added]);
  const { _id } = added;
  const stored = await site.admin(modules).items.get("Notes", _id);
  assert(stored && stored._owner !== "x");
  await data.save("Notes", { _id, text: "Saved" });
  assertEquals((await data.get("Notes", _id))?.text, "Saved");
  const updated = await data.update("Notes", { _id, text: "Newer" });
  assertEquals([updated.text, updated.when], ["Newer", undefined]);
  assertEquals(updated._owner, added._owner);
  assertEquals(updated._createdDate, added._createdDate);
  assertEquals(await data.remove("Notes", _id), updated);
  assertEquals(await data.remove("Notes", _id), null);
});

const LONG = "12345678901234567890";
const WHEN = new Date("2026-01-01T00:00:00.000Z");
const TEXT = WHEN.toISOString();
const VALUES = [
  "007",
  7,
  "7",
  "abc",
  LONG,
  `${LONG.slice(0, -1)}1`,
  true,
  WHEN,
  TEXT,
];
// deno-fmt-ignore -- a table
each([
  ["a text with digits equals itself alone", ["eq", "value", "7"], ["7"]],
  ["a number equals no text", ["eq", "value", 7], [7]],
  ["long digits are equal in all", ["eq", "value", LONG], [LONG]],
  ["true equals no text", ["eq", "value", true], [true]],
  ["a date equals no text", ["eq", "value", WHEN], [WHEN]],
  ["a date as a text equals no date", ["eq", "value", TEXT], [TEXT]],
  ["a text is not greater than a number", ["gt", "value", 5], [7]],
  ["a number is not less than a text", ["lt", "value", "1"], ["007"]],
  ["a text is greater than texts alone", ["ge", "value", "abc"], ["abc"]],
  ["one of some texts is the same text", ["hasSome", "value", ["007", "1"]], ["007"]],
  ["texts sort after numbers and dates", ["ascending", "value"], [true, 7, WHEN, "007", LONG.slice(0, -1) + "0", `${LONG.slice(0, -1)}1`, TEXT, "7", "abc"]],
], "[assumed] in a collection, $0", async (site, _, step) => {
  const { items: data } = await site.member(modules);
  await data.bulkInsert("Notes", VALUES.map((value) => ({ value })));
  return pick("value", await find(data.query("Notes").isNotEmpty("value"), [step]));
});

it.local("distinct values and aggregates summarize a collection", async (site) => {
  const { items: data } = site.visitor(modules);
  const tags = ["bread", "cake", "biscuit", "quick", "slow", "soup"].sort();
  assertEquals((await data.query("Recipes").distinct("tags")).items, tags);
  const { values } = await data.distinct("Recipes", "tags", {
    filter: { minutes: { $gt: 40 } },
    paging: { limit: 2 },
  });
  assertEquals(values, ["bread", "cake"]);
  const last = await data.query("Recipes").descending("tags").limit(2)
    .distinct("tags", { returnTotalCount: true });
  assertEquals([last.items, last.totalCount], [["soup", "slow"], 6]);
  const total = await data.aggregate("Recipes").sum("minutes", "all")
    .avg("minutes").min("firstBaked", "first").max("title").count().run();
  assertEquals(total.items, [{
    all: 470,
    minutesAvg: 470 / 6,
    first: new Date("2026-01-24T09:30:00.000Z"),
    titleMax: "Rye bread",
    count: 6,
  }]);
  const byBaker = data.aggregate("Recipes").group("baker").count();
  const groups = await byBaker.sum("minutes", "all").descending("all").run();
  assertEquals(pick("all", groups.items), [355, 115]);
  assertEquals(pick("count", groups.items), [3, 3]);
  const filter = data.filter();
  const few = byBaker.filter(filter.lt("minutes", 40)).having(
    filter.gt("count", 1),
  );
  assertEquals(pick("count", (await few.run()).items), [2]);
});

// deno-fmt-ignore -- a table
each([
  ["a word", [["expression", "soup"]], SOUPS],
  ["every word, with and", [["expression", "beet soup"], ["andMode"]], "Beetroot soup"],
  ["either word", [["expression", "rye plum"]], "Rye bread|Plum cake"],
  ["a word and a filter", [["expression", "soup"], ["gt", "minutes", 50]], "Beetroot soup"],
  ["a word in order", [["expression", "soup"], ["descending", "title"], ["limit", 1]], "Potato soup"],
], "[assumed] a search of a collection finds $0: $2", async (site, _, steps) =>
  titles((await build(site.visitor(modules).items.search("Recipes"), steps).run()).items).join("|"));

it.local("[assumed] references are included as far as the caller may read them", async (site) => {
  const { items: data } = site.visitor(modules);
  const query = data.query("Recipes").eq("title", "Rye bread");
  const { items: [plain] } = await query.find();
  assertEquals([typeof plain?.baker, plain?.goesWith], ["string", undefined]);
  const { items: [rye] } = await query.include("baker", "goesWith", "notes")
    .find();
  assertEquals(rye?.baker.name, "Ada Alder");
  assertEquals(titles(rye?.goesWith), ["Potato soup", "Beetroot soup"]);
  assertEquals(rye?.notes, []);
  const one = await data.get("Recipes", rye?._id ?? "", {
    includeReferences: [{ field: "goesWith", limit: 1 }],
  });
  assertEquals(titles(one?.goesWith), ["Potato soup"]);
  const { items: anns } = await site.member(modules);
  const { items: [hers] } = await anns.query("Recipes").include("notes").find();
  assertEquals(hers?.notes[0].text, "Ask about the walnut board");
  const id = rye?._id ?? "";
  const soups = await data.queryReferenced("Recipes", id, "goesWith", {
    order: "desc",
    limit: 1,
    returnTotalCount: true,
  });
  assertEquals([titles(soups.items), soups.totalCount], [["Beetroot soup"], 2]);
  const [hidden] =
    (await data.queryReferencedItems("Recipes", id, "notes")).results ?? [];
  assertEquals(hidden?.unresolvedReference?.unauthorized, true);
});

it.local("references are inserted, replaced and removed", async (site) => {
  const { items: data } = site.admin(modules);
  const { items: recipes } = await data.query("Recipes").find();
  const [a = "", b = "", c = "", d = ""] = recipes.map(({ _id }) => _id);
  const [col, field] = ["Recipes", "goesWith"];
  const goesWithC = async () =>
    titles((await data.queryReferenced(col, c, field)).items);
  await data.insertReference(col, field, c, [a, b]);
  assertEquals(await goesWithC(), ["Rye bread", "Flatbread"]);
  assert(await data.isReferenced(col, field, c, a));
  assert(!await data.isReferenced(col, field, c, d));
  await data.removeReference(col, field, c, a);
  assertEquals(await goesWithC(), ["Flatbread"]);
  await data.replaceReferences(col, field, c, [d]);
  assertEquals(await goesWithC(), ["Oat biscuits"]);
  const found = data.query(col).hasSome(field, [d]);
  assertEquals(titles((await found.find()).items), ["Plum cake"]);
  const saved = { _id: c, title: "Plum cake", goesWith: [b] };
  await data.update(col, saved);
  assertEquals(await goesWithC(), ["Oat biscuits"]);
  await data.update(col, saved, { saveReferences: true });
  assertEquals(await goesWithC(), ["Flatbread"]);
  for (
    const [code, call] of [
      ["WDE0020", () => data.insertReference(col, "title", c, a)],
      ["WDE0073", () => data.replaceReferences(col, field, c, ["none"])],
    ] as const
  ) await assertWixError(call, undefined, code);
});

it.local("a patch changes only its own fields", async (site) => {
  const { items: data } = await site.member(modules);
  const { _id } = await data.insert("Notes", {
    text: "Old",
    count: 1,
    tags: ["a", "b"],
    place: { city: "Köln" },
  });
  const patched = await data.patch("Notes", _id).setField("text", "New")
    .incrementField("count", 2).appendToArray("tags", "c")
    .removeFromArray("tags", "a").setField("place.zip", "50667")
    .setField("_owner", "x").run();
  const { text, count, tags, place, _owner } = patched;
  assertEquals([text, count, tags], ["New", 3, ["b", "c"]]);
  assertEquals(place, { city: "Köln", zip: "50667" });
  assert(_owner !== "x");
  const wrong = () => data.patch("Notes", _id).incrementField("text", 1).run();
  await assertWixError(wrong);
  const { items: bens } = await site.member(modules, "ben@demo.example");
  const foreign = () => bens.patch("Notes", _id).setField("text", "x").run();
  await assertWixError(foreign, undefined, "WDE0073");
});

it.local("bulk calls write each item separately, and an id is used once", async (site) => {
  const { items: data } = await site.member(modules);
  await data.insert("Notes", { _id: "old", text: "first" });
  const insert = () => data.insert("Notes", { _id: "old", text: "second" });
  await assertWixError(insert, undefined, "WDE0074");
  const old = [{ _id: "old", text: "again" }, { text: "new" }];
  const added = await data.bulkInsert("Notes", old);
  assertEquals([added.inserted, added.skipped, added.errors], [1, 1, []]);
  assertEquals((await data.get("Notes", "old"))?.text, "first");
  const result = await data.bulkSave("Notes", [
    { _id: "one", text: "1" },
    { _id: "two", text: "2" },
  ]);
  assertEquals([result.inserted, result.updated], [2, 0]);
  const again = await data.bulkSave("Notes", [{ _id: "two", text: "2!" }]);
  assertEquals([again.inserted, again.updatedItemIds], [0, ["two"]]);
  const updated = await data.bulkUpdate("Notes", [
    { _id: "one", text: "1!" },
    { _id: "none", text: "" },
  ]);
  assertEquals([updated.updated, updated.skipped], [1, 1]);
  const patched = await data.bulkPatch("Notes", ["one", "two", "none"])
    .setField("done", true).run();
  assertEquals([patched.updated, patched.skipped], [2, 1]);
  const done = data.query("Notes").eq("done", true);
  assertEquals((await done.find()).items.map(({ text }) => text), ["1!", "2!"]);
  const removed = await data.bulkRemove("Notes", ["one", "none"]);
  assertEquals([removed.removed, removed.skipped], [1, 1]);
  await data.truncate("Notes");
  assertEquals(await data.query("Notes").count(), 0);
  const { items: chiaras } = await site.member(modules, "chiara@demo.example");
  assertEquals(await chiaras.query("Notes").count(), 1);
});

it.local("unsupported parts are refused by name", async (site) => {
  const { items: data } = site.visitor(modules);
  assert(site.wix);
  const authorization = (await visitorTokens(site.wix)).access;
  for (
    const [path, body, field] of [
      ["query", { includeFieldGroups: ["x"] }, "includeFieldGroups"],
      ["query", { query: { cursorPaging: { limit: 1 } } }, "cursorPaging"],
      ["query", { sortMode: "RANDOM" }, "sortMode"],
      ["query", { language: "de" }, "language"],
      ["count", { appOptions: { a: 1 } }, "appOptions"],
      ["search", { search: { aggregations: [{}] } }, "aggregations"],
      ["update", { dataItem: {}, condition: { filter: {} } }, "condition"],
    ] as const
  ) {
    const sent = { dataCollectionId: "Recipes", ...body };
    const url = `/wix-data/v2/items/${path}`;
    const reply = await post(site.wix, url, sent, { authorization });
    const named = at(reply.body, "details.applicationError.data.field");
    assertEquals([reply.status, named], [501, field], path);
  }
  const pipeline = () => data.aggregate("Recipes", { stages: [] });
  await assertWixError(pipeline, undefined, "NOT_IMPLEMENTED_LOCALLY");
});
