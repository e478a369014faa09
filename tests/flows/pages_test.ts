import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { demoSeed, PEOPLE } from "@/packages/local-wix/src/mod.ts";
import { ROOT } from "@/tools/packages.ts";
import { ANN, startSite } from "../helpers/site.ts";

Deno.test("the start says who one is, how long that has been so, and when it renews", async () => {
  await using site = await startSite();
  const visitor = site.visitor();
  const { body: first } = await visitor.open("/");
  assertStringIncludes(first, "Your session begins with the first call to Wix");
  assertEquals(first.includes("tokens are renewed"), false);

  await visitor.open("/members");
  const ann = await site.member(ANN);
  for (
    const [browser, who] of [
      [visitor, "You are a <strong>visitor</strong> with a session"],
      [ann, "You are <bdi><strong>Ann</strong></bdi>, logged in at Wix."],
    ] as const
  ) {
    const { body } = await browser.open("/");
    assertStringIncludes(body, who);
    assertMatch(body, /<dd>(less than a minute|\d minutes?) old<\/dd>/);
    const { renewsAt } = JSON.parse(
      (await browser.request("/api/session")).body,
    );
    const time = new Date(renewsAt).toISOString().slice(11, 16);
    assertMatch(body, new RegExp(`in 3 hours, at <time[^>]*>${time} UTC<`));
  }
});

Deno.test("each card of the start shows lines that stand in the file it names", async () => {
  await using site = await startSite();
  const { body } = await site.visitor().open("/");
  const cards = [
    ...body.matchAll(
      /<h3><a href="([^"]+)".*?<figcaption>([^<]+)<.*?<\/pre>/gs,
    ),
  ];
  assertEquals(cards.map(([, href, file]) => [href, file]), [
    ["/members", "routes/members.tsx"],
    ["/account/orders", "lib/wix/orders.ts"],
    ["/account/settings", "lib/members/save_settings.ts"],
    ["/account", "routes/account/_middleware.ts"],
    ["/elevation", "lib/wix/site_properties.ts"],
    ["/islands", "islands/MemberSearch.tsx"],
  ]);
  for (const [card, , file] of cards) {
    const code = /<code>(.*)<\/code>/s.exec(card)?.[1] ?? "";
    const [line = ""] = code.replace(/<wbr\s*\/?>/g, "")
      .replaceAll("&quot;", '"').replaceAll("&lt;", "<")
      .replaceAll("&amp;", "&").split("\n");
    assertMatch(line, /\w/);
    assertStringIncludes(await Deno.readTextFile(`${ROOT}${file}`), line);
  }
});

const places: [path: string, current: string[], above: string[]][] = [
  ["/members", ["Members"], ["/"]],
  ["/account", ["Profile"], ["/"]],
  ["/account/orders", ["Orders", "Orders"], ["/", "/account"]],
  ["/account/settings", ["Settings"], ["/", "/account"]],
  ["/account/delete", [], ["/", "/account"]],
];
Deno.test("a page says which one it is, and what is above it", async (t) => {
  await using site = await startSite();
  const browser = await site.member(ANN);
  for (const [path, current, above] of places) {
    await t.step(path, async () => {
      const { body } = await browser.open(path);
      const links = [
        ...body.matchAll(/<a href="[^"]+" aria-current="page">(\w+)/g),
      ];
      assertEquals(links.map(([, text]) => text), current);
      const crumbs = /<nav class="breadcrumbs".*?<\/nav>/s.exec(body)?.[0] ??
        "";
      assertEquals(
        [...crumbs.matchAll(/href="([^"]+)"/g)].map(([, href]) => href),
        above,
      );
      assertStringIncludes(crumbs, '<span aria-current="page">');
    });
  }
});

Deno.test("GET /members explains a refusal, and that nobody is public", async () => {
  const people = PEOPLE.filter(({ privacy }) => privacy === "PRIVATE");
  await using site = await startSite({ seed: { ...demoSeed(), people } });
  const empty = await site.visitor().open("/members");
  assertStringIncludes(empty.body, "No member has a public profile.");
  const { controls } = site.wix;
  controls.failNext("POST /members/v1/members/query", { status: 403 });
  const refused = await site.visitor().open("/members");
  assertEquals(refused.status, 200);
  assertStringIncludes(refused.body, "Wix refused this call (403)");
  assertEquals(refused.body.includes("Nobody to see yet"), false);
});

Deno.test("the header's login comes back to the page with its query, or to the start", async () => {
  await using site = await startSite();
  const visitor = site.visitor();
  for (
    const [path, back] of [
      ["/islands?name=A", "/islands?name=A"],
      ["/api/auth/callback?code=secret", "/"],
    ] as const
  ) {
    const { body } = await visitor.open(path);
    const [, query] = /class="button" href="\/api\/auth\/login\?([^"]+)"/
      .exec(body) ?? [];
    assertEquals(new URLSearchParams(query).get("returnToUrl"), back);
  }
});
