import { assert, assertEquals } from "@std/assert";
import { items } from "@wix/data";
import { at, post, visitorTokens } from "../helpers/http.ts";
import { assertWixError, it } from "../helpers/site.ts";

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

it.local("filters of all kinds find items", async (site) => {
  const { items: data } = site.visitor(modules);
  const all = () => data.query("Recipes");
  const when = (await all().find()).items[2]?.firstBaked;
  assert(when instanceof Date);
  // So many that the query is sent as POST.
  const many = Array.from({ length: 300 }, (_, i) => `Nothing called ${i}`);
  const soups = ["Potato soup", "Beetroot soup"];
  for (
    const [query, found] of [
      [all().eq("title", "Plum cake"), ["Plum cake"]],
      [all().hasSome("tags", ["cake"]), ["Plum cake"]],
      [all().hasAll("tags", ["bread", "quick"]), ["Flatbread"]],
      [all().startsWith("title", "rye"), ["Rye bread"]],
      [all().endsWith("title", "soup").lt("minutes", 50), ["Potato soup"]],
      [all().contains("title", "ROOT"), ["Beetroot soup"]],
      [all().between("minutes", 50, 70), ["Beetroot soup"]],
      [all().eq("minutes", 25).or(all().eq("minutes", 240)), [
        "Rye bread",
        "Flatbread",
      ]],
      [all().not(all().contains("title", "a")), ["Beetroot soup"]],
      [all().isEmpty("title"), []],
      [all().gt("firstBaked", when), ["Oat biscuits", ...soups]],
      [all().hasSome("title", [...many, "Flatbread"]), ["Flatbread"]],
    ] as const
  ) assertEquals(titles((await query.find()).items), [...found]);
});

it.any(
  "[assumed] a collection that does not exist is WDE0025",
  async (site) => {
    const { items: data } = site.visitor(modules);
    const find = () => data.query("NoSuch").find();
    await assertWixError(find, undefined, "WDE0025");
  },
);

it.local("[assumed] visitors may not write to a collection of the owner", async (site) => {
  const { items: data } = site.visitor(modules);
  const { items: [first] } = await data.query("Recipes").limit(1).find();
  const _id = first?._id ?? "";
  const calls = [
    () => data.insert("Recipes", { title: "Mine" }),
    () => data.update("Recipes", { _id, title: "Mine" }),
    () => data.save("Recipes", { _id, title: "Mine" }),
    () => data.remove("Recipes", _id),
    () => data.bulkInsert("Recipes", [{ title: "Mine" }]),
    () => data.query("Notes").find(),
    () => data.insert("Notes", { text: "Mine" }),
  ];
  for (const call of calls) await assertWixError(call, undefined, "WDE0027");
  assertEquals(await data.get("Recipes", _id), first ?? null);
});

it.local("members see their own notes alone", async (site) => {
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

it.local("an item is inserted, saved, replaced as a whole, and removed", async (site) => {
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

it.local("values are compared by their declared type", async (site) => {
  const { items: data } = await site.member(modules);
  const long = "12345678901234567890";
  const when = new Date("2026-01-01T00:00:00.000Z");
  const values = ["007", 7, "7", "abc", long, `${long.slice(0, -1)}1`, true];
  const text = when.toISOString();
  const bulk = [...values, when, text].map((value) => ({ value }));
  await data.bulkInsert("Notes", bulk);
  const all = () => data.query("Notes").isNotEmpty("value");
  for (
    const [query, found] of [
      [all().eq("value", "7"), ["7"]],
      [all().eq("value", 7), [7]],
      [all().eq("value", long), [long]],
      [all().eq("value", true), [true]],
      [all().eq("value", when), [when]],
      [all().eq("value", text), [text]],
      [all().gt("value", 5), [7]],
      [all().ge("value", "abc"), ["abc"]],
      [all().lt("value", "1"), ["007"]],
      [all().hasSome("value", ["007", "1"]), ["007"]],
    ] as const
  ) {
    assertEquals(pick("value", (await query.find()).items), [...found]);
  }
  const { items: sorted } = await all().ascending("value").find();
  assertEquals(pick("value", sorted).slice(0, 4), [true, 7, when, "007"]);
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

it.local("[assumed] free text finds items by the beginnings of words", async (site) => {
  const { items: data } = site.visitor(modules);
  const search = () => data.search("Recipes");
  for (
    const [run, found] of [
      [search().expression("soup"), ["Potato soup", "Beetroot soup"]],
      [search().expression("beet soup").andMode(), ["Beetroot soup"]],
      [search().expression("rye plum"), ["Rye bread", "Plum cake"]],
      [search().expression("soup").gt("minutes", 50), ["Beetroot soup"]],
      [search().expression("soup").descending("title").limit(1), [
        "Potato soup",
      ]],
    ] as const
  ) assertEquals(titles((await run.run()).items), [...found]);
});

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
  const wrong = () => query.include("title").find();
  await assertWixError(wrong, undefined, "WDE0020");
});

it.local("references are inserted, replaced and removed", async (site) => {
  const { items: data } = site.admin(modules);
  const { items: visitors } = site.visitor(modules);
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
      ["WDE0027", () => visitors.insertReference(col, field, c, a)],
      ["WDE0027", () => visitors.replaceReferences(col, field, c, [a])],
    ] as const
  ) await assertWixError(call, undefined, code);
});

it.local("a patch changes the fields that it names", async (site) => {
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

it.local("bulk calls write each item by itself, and an id is used once", async (site) => {
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

it.local("what is not carried is refused by name", async (site) => {
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
