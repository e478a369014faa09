import { assert, assertEquals } from "@std/assert";
import { items } from "@wix/data";
import { assertWixError, it } from "../helpers/site.ts";

const modules = { items };

const titles = (items: readonly Record<string, unknown>[]) =>
  items.map(({ title }) => title);

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

it.local("an id can be used once; a bulk insert skips what exists", async (site) => {
  const { items: data } = await site.member(modules);
  const one = (text: string) => data.insert("Notes", { _id: "one", text });
  await one("first");
  await assertWixError(() => one("second"), undefined, "WDE0074");
  const result = await data.bulkInsert("Notes", [
    { _id: "one", text: "again" },
    { _id: "two", text: "second" },
    { text: "third" },
  ]);
  assertEquals([result.inserted, result.skipped, result.errors], [2, 1, []]);
  assertEquals(result.insertedItemIds?.[0], "two");
  assertEquals((await data.get("Notes", "one"))?.text, "first");
});
