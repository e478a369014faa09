import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { ANN, BEN, startSite } from "../helpers/site.ts";
import type { Page } from "../helpers/browser.ts";

Deno.test("the order history is read page by page, newest first, and back", async () => {
  await using site = await startSite();
  const browser = await site.member(ANN);
  const seen: string[][] = [];
  const dates: string[] = [];
  let page = await browser.open("/account/orders");
  for (;;) {
    seen.push(orderNumbers(page));
    dates.push(...page.body.match(/(?<=datetime=")[^"]+/g) ?? []);
    const next = pageLink(page, "next");
    if (next === undefined) break;
    page = await browser.open(next);
  }
  const numbers = seen.flat();
  assertEquals(seen.map((row) => row.length), [10, 10, 10, 10, 7]);
  assertEquals(new Set(numbers).size, 47);
  assertEquals(dates, dates.toSorted().toReversed());

  const before = await browser.open(pageLink(page, "prev") ?? "");
  assertEquals(orderNumbers(before), seen.at(-2));
});

Deno.test("somebody without orders reads so", async () => {
  await using site = await startSite();
  const page = await (await site.member(BEN)).open("/account/orders");
  assertEquals(page.status, 200);
  assertStringIncludes(page.body, "You have not ordered anything yet");
});

Deno.test("an order has a page of its own", async () => {
  await using site = await startSite();
  const browser = await site.member(ANN);
  const list = await browser.open("/account/orders");
  const [number] = orderNumbers(list);
  const page = await browser.open(orderLinks(list)[0] ?? "");
  assertEquals(page.status, 200);
  assertStringIncludes(page.body, `<h1>Order ${number}</h1>`);
  assertStringIncludes(page.body, "Total");
});

Deno.test("somebody else's order looks like one that does not exist", async () => {
  await using site = await startSite();
  const annsOrder = orderLinks(
    await (await site.member(ANN)).open("/account/orders"),
  )[0] ?? "";
  const ben = await site.member(BEN);
  const foreign = await ben.open(annsOrder);
  const missing = await ben.open(
    "/account/orders/00000000-0000-4000-8000-00000000dead",
  );
  assertEquals([foreign.status, missing.status], [404, 404]);
  assertEquals(withoutReference(foreign), withoutReference(missing));
});

const hostileIds = [
  "..%2f..%2fmembers%2fv1%2fmembers%2fmy",
  "%2e%2e",
  "x",
  "__proto__",
];
Deno.test("an id that is none never reaches Wix", async (t) => {
  await using site = await startSite();
  const browser = await site.member(ANN);
  const before = site.wix.controls.counters;
  for (const id of hostileIds) {
    await t.step(id, async () => {
      const page = await browser.request(`/account/orders/${id}`);
      // `%2e%2e` is resolved by the client: the list's parent.
      assertEquals([200, 404].includes(page.status), true, `${page.status}`);
    });
  }
  assertEquals(
    site.wix.controls.counters.routes["GET /ecom/v1/orders/{id}"],
    before.routes["GET /ecom/v1/orders/{id}"],
  );
});

Deno.test("GET /api/orders gives a member's page as JSON", async () => {
  await using site = await startSite();
  const browser = await site.member(ANN);
  const { body } = await browser.request("/api/orders");
  const page = JSON.parse(body);
  assertEquals(page.orders.length, 10);
  assertMatch(page.next, /./);
});

Deno.test("GET /api/orders answers a visitor 401 as a problem document", async () => {
  await using site = await startSite();
  const { status, headers, body } = await site.visitor().request("/api/orders");
  assertEquals(status, 401);
  assertEquals(headers.get("content-type"), "application/problem+json");
  assertEquals(JSON.parse(body).status, 401);
});

Deno.test("a cursor that Wix does not know is a 4xx page", async () => {
  await using site = await startSite();
  const browser = await site.member(ANN);
  const page = await browser.open("/account/orders?cursor=nonsense");
  assertEquals(page.status, 400);
});

function orderLinks(page: Page): string[] {
  return [...page.body.matchAll(/href="(\/account\/orders\/[0-9a-f-]{36})"/g)]
    .map(([, href = ""]) => href);
}

function orderNumbers(page: Page): string[] {
  return [
    ...page.body.matchAll(/\/account\/orders\/[0-9a-f-]{36}"[^>]*>(\d+)</g),
  ]
    .map(([, number = ""]) => number);
}

function pageLink(page: Page, rel: "next" | "prev"): string | undefined {
  const link = page.body.match(/<a\b[^>]*>/g)?.find((tag) =>
    tag.includes(`rel="${rel}"`)
  );
  return link && /href="([^"]*)"/.exec(link)?.[1]?.replaceAll("&amp;", "&");
}

function withoutReference({ body }: Page): string {
  return body.replace(/<code>[^<]*<\/code>/, "").replace(
    /returnToUrl=[^"]*/,
    "",
  );
}
