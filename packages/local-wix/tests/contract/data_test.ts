import { assert, assertEquals, assertRejects } from "@std/assert";
import { items } from "@wix/data";
import { at } from "../helpers/http.ts";
import { contract } from "../helpers/site.ts";

const it = {
  any: contract(),
  app: contract("app"),
  seed: contract("seed"),
  seedWrites: contract("seed", "writes"),
};

const modules = { items };

it.seed("a visitor reads a public collection", async (site) => {
  const { items: data } = site.visitor(modules);
  const found = await data.query("Recipes").find();
  assertEquals(found.items.map(({ title }) => title), [
    "Rye bread",
    "Flatbread",
    "Plum cake",
    "Oat biscuits",
    "Potato soup",
    "Beetroot soup",
  ]);
  const [rye] = found.items;
  assertEquals(rye?.tags, ["bread", "slow"]);
  assert(rye?._createdDate instanceof Date);
  assert(rye?.firstBaked instanceof Date);
});

it.seedWrites("[assumed] items come in the order they were inserted, without a sort", async (site) => {
  const { items: data } = site.admin(modules);
  await data.insert("Recipes", { title: "Apple pie" });
  const { items: found } = await data.query("Recipes").find();
  assertEquals(found.map(({ title }) => title).slice(-2), [
    "Beetroot soup",
    "Apple pie",
  ]);
});

it.seedWrites("[assumed] a sort puts items without a value first, or last if descending", async (site) => {
  const { items: data } = site.admin(modules);
  await data.insert("Recipes", { title: "No idea how long" });
  const recipes = () => data.query("Recipes");
  const up = await recipes().ascending("minutes").find();
  assertEquals(up.items.map(({ minutes }) => minutes), [
    undefined,
    ...[25, 30, 45, 60, 70, 240],
  ]);
  const down = await recipes().descending("minutes").find();
  assertEquals(down.items.at(-1)?.title, "No idea how long");
});

it.seed("items are filtered, sorted and paged", async (site) => {
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
  const back = await third.prev();
  assertEquals(back.items, second.items);
});

it.seed("filters of all kinds find items", async (site) => {
  const { items: data } = site.visitor(modules);
  const recipes = () => data.query("Recipes");
  for (
    const [query, titles] of [
      [recipes().eq("title", "Plum cake"), ["Plum cake"]],
      [recipes().hasSome("tags", ["cake", "biscuit"]), [
        "Plum cake",
        "Oat biscuits",
      ]],
      [recipes().hasAll("tags", ["bread", "quick"]), ["Flatbread"]],
      [recipes().startsWith("title", "rye"), ["Rye bread"]],
      [recipes().endsWith("title", "soup").lt("minutes", 50), ["Potato soup"]],
      [recipes().contains("title", "ROOT"), ["Beetroot soup"]],
      [recipes().between("minutes", 30, 60), ["Oat biscuits", "Potato soup"]],
      [recipes().eq("minutes", 25).or(recipes().eq("minutes", 70)), [
        "Flatbread",
        "Plum cake",
      ]],
      [recipes().not(recipes().contains("title", "a")), ["Beetroot soup"]],
      [recipes().isEmpty("title"), []],
    ] as const
  ) {
    const found = await query.find();
    assertEquals(found.items.map(({ title }) => title), [...titles]);
  }
});

it.seed("dates are compared as dates", async (site) => {
  const { items: data } = site.visitor(modules);
  const { items: all } = await data.query("Recipes").find();
  const when = all[2]?.firstBaked;
  assert(when instanceof Date);
  const later = await data.query("Recipes").gt("firstBaked", when).find();
  assertEquals(later.items.map(({ title }) => title), [
    "Oat biscuits",
    "Potato soup",
    "Beetroot soup",
  ]);
  const same = await data.query("Recipes").eq("firstBaked", when).find();
  assertEquals(same.items.map(({ title }) => title), ["Plum cake"]);
});

it.seed("a query can name fields", async (site) => {
  const { items: data } = site.visitor(modules);
  const { items: [first] } = await data.query("Recipes").fields("title")
    .limit(1).find();
  assertEquals(Object.keys(first ?? {}).toSorted(), ["_id", "title"]);
});

it.seed("items can be counted", async (site) => {
  const { items: data } = site.visitor(modules);
  assertEquals(await data.query("Recipes").count(), 6);
  assertEquals(await data.query("Recipes").lt("minutes", 40).count(), 2);
});

it.seed("a long query is sent as POST", async (site) => {
  const { items: data } = site.visitor(modules);
  const names = Array.from({ length: 300 }, (_, i) => `Nothing called ${i}`);
  const found = await data.query("Recipes")
    .hasSome("title", [...names, "Flatbread"]).find();
  assertEquals(found.items.map(({ title }) => title), ["Flatbread"]);
});

it.seed("one item by its id, and null for none", async (site) => {
  const { items: data } = site.visitor(modules);
  const { items: [first] } = await data.query("Recipes").limit(1).find();
  const got = await data.get("Recipes", first?._id ?? "");
  assertEquals(got, first ?? null);
  assertEquals(await data.get("Recipes", "no-such-item"), null);
});

it.any("[assumed] a collection that does not exist is WDE0025", async (site) => {
  const { items: data } = site.visitor(modules);
  const error = await assertRejects(() => data.query("NoSuch").find());
  assertEquals(at(error, "details.applicationError.code"), "WDE0025");
});

it.seed("[assumed] visitors may not write to a collection of the owner", async (site) => {
  const { items: data } = site.visitor(modules);
  const { items: [first] } = await data.query("Recipes").limit(1).find();
  const _id = first?._id ?? "";
  for (
    const call of [
      () => data.insert("Recipes", { title: "Mine" }),
      () => data.update("Recipes", { _id, title: "Mine" }),
      () => data.save("Recipes", { _id, title: "Mine" }),
      () => data.remove("Recipes", _id),
      () => data.bulkInsert("Recipes", [{ title: "Mine" }]),
      () => data.query("Notes").find(),
      () => data.insert("Notes", { text: "Mine" }),
    ]
  ) {
    const error = await assertRejects(call);
    assertEquals(at(error, "details.applicationError.code"), "WDE0027");
  }
  assertEquals(await data.get("Recipes", _id), first ?? null);
});

it.seed("members see their own notes alone", async (site) => {
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
  const error = await assertRejects(() =>
    chiaras.update("Notes", { _id: foreign, text: "Gone" })
  );
  assertEquals(at(error, "details.applicationError.code"), "WDE0073");
  assertEquals((await anns.get("Notes", foreign))?.text, mine.items[0]?.text);
});

it.seed("[assumed] a filter does not reveal what is in others' notes", async (site) => {
  const { items: data } = await site.member(modules, "ben@demo.example");
  const found = await data.query("Notes").contains("text", "pan")
    .or(data.query("Notes").ne("text", "")).find();
  assertEquals(found.items, []);
  assertEquals(await data.query("Notes").count(), 0);
});

it.seed("an inserted item can be read back", async (site) => {
  const { items: data } = await site.member(modules, "ben@demo.example");
  const when = new Date("2026-02-01T00:00:00.000Z");
  const added = await data.insert("Notes", { text: "New", when, _owner: "x" });
  assertEquals([added.text, added.when], ["New", when]);
  assert(added._createdDate instanceof Date);
  const { items: found } = await data.query("Notes").find();
  assertEquals(found, [added]);
  const { items: all } = await site.admin(modules).items.query("Notes")
    .eq("_id", added._id).find();
  assert(all[0]?._owner !== "x");
});

it.seed("an update replaces the whole item", async (site) => {
  const { items: data } = await site.member(modules, "ben@demo.example");
  const added = await data.insert("Notes", { text: "New", color: "red" });
  const { _id } = added;
  const updated = await data.update("Notes", { _id, text: "Newer" });
  assertEquals([updated.text, updated.color], ["Newer", undefined]);
  assertEquals(updated._owner, added._owner);
  assertEquals(updated._createdDate, added._createdDate);
});

it.seed("save inserts, then updates", async (site) => {
  const { items: data } = await site.member(modules, "ben@demo.example");
  const first = await data.save("Notes", { text: "One" });
  const second = await data.save("Notes", { _id: first._id, text: "Two" });
  assertEquals(second._id, first._id);
  assertEquals(await data.query("Notes").count(), 1);
});

it.seed("a removed item is returned and gone", async (site) => {
  const { items: data } = await site.member(modules);
  const { items: [first] } = await data.query("Notes").find();
  const id = first?._id ?? "";
  assertEquals(await data.remove("Notes", id), first ?? null);
  assertEquals(await data.get("Notes", id), null);
  assertEquals(await data.remove("Notes", id), null);
});

it.seed("an id can be used once", async (site) => {
  const { items: data } = await site.member(modules);
  await data.insert("Notes", { _id: "one", text: "first" });
  const error = await assertRejects(() =>
    data.insert("Notes", { _id: "one", text: "second" })
  );
  assertEquals(at(error, "details.applicationError.code"), "WDE0074");
});

it.seed("a bulk insert skips what exists", async (site) => {
  const { items: data } = await site.member(modules);
  await data.insert("Notes", { _id: "one", text: "first" });
  const result = await data.bulkInsert("Notes", [
    { _id: "one", text: "again" },
    { _id: "two", text: "second" },
    { text: "third" },
  ]);
  assertEquals([result.inserted, result.skipped, result.errors], [2, 1, []]);
  assertEquals(result.insertedItemIds?.[0], "two");
  assertEquals((await data.get("Notes", "one"))?.text, "first");
});

it.app("elevated calls read and write everything", async (site) => {
  const { items: data } = site.app(modules);
  const notes = await data.query("Notes").find();
  assertEquals(notes.items.length, 3);
  const added = await data.insert("Recipes", { title: "Scones" });
  assertEquals(await data.query("Recipes").count(), 7);
  assertEquals((await data.remove("Recipes", added._id))?.title, "Scones");
});
