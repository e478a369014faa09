import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { demoSeed, PEOPLE } from "@/packages/local-wix/src/mod.ts";
import { ANN, BEN, startSite } from "../helpers/site.ts";
import type { Browser, Page } from "../helpers/browser.ts";

const ORDERS = "/account/orders";

for (const count of [47, 1_000]) {
  Deno.test(`${count} orders are read to the end and back, each once, newest first`, async () => {
    const people = PEOPLE.map((person) =>
      person.email === ANN ? { ...person, orderCount: count } : person
    );
    await using site = await startSite({ seed: { ...demoSeed(), people } });
    const browser = await site.member(ANN);
    const there = await readOn(browser, ORDERS, "next");
    assertEquals(there.length, Math.ceil(count / 10));
    const numbers = there.flatMap((page) => page.numbers);
    assertEquals([numbers.length, new Set(numbers).size], [count, count]);
    const dates = there.flatMap((page) => page.dates);
    assertEquals(dates, dates.toSorted().toReversed());

    const back = await readOn(browser, there.at(-1)?.path ?? "", "prev");
    assertEquals(
      back.toReversed().flatMap((page) => page.numbers),
      numbers,
    );
  });
}

Deno.test("the address of a page shows the same page tomorrow, and another member their own", async () => {
  await using site = await startSite();
  const first = await (await site.member(ANN)).open(ORDERS);
  const second = pageLink(first, "next") ?? "";
  const pages = await Promise.all(
    [ANN, ANN, BEN].map(async (email) =>
      orderNumbers(await (await site.member(email)).open(second))
    ),
  );
  assertEquals(pages[0]?.length, 10);
  assertEquals(pages[0], pages[1]);
  assertEquals(pages[2], []);
});

Deno.test("somebody without orders reads so", async () => {
  await using site = await startSite();
  const page = await (await site.member(BEN)).open(ORDERS);
  assertEquals(page.status, 200);
  assertStringIncludes(page.body, "You have not ordered anything yet");
});

const filters: [query: string, shows: RegExp, howMany: number][] = [
  ["payment=DECLINED", /Payment declined/, 4],
  ["payment=PAID&fulfillment=FULFILLED", /Sent/, 8],
  ["fulfillment=PARTIALLY_FULFILLED", /Partly sent/, 10],
  ["from=2026-11-01&to=2026-11-13", /2026-11-(0[1-9]|1[0-3])/, 3],
  ["from=2026-11-13&to=&payment=", /2026-11-1[39]/, 2],
  ["to=2020-01-01", /No order is like that/, 0],
];
Deno.test("orders are filtered by what the address asks for", async (t) => {
  await using site = await startSite();
  const browser = await site.member(ANN);
  for (const [query, shows, howMany] of filters) {
    await t.step(query, async () => {
      const pages = await readOn(browser, `${ORDERS}?${query}`, "next");
      assertEquals(pages.flatMap(({ numbers }) => numbers).length, howMany);
      for (const { rows, body } of pages) {
        assertMatch(body, shows);
        for (const row of rows) assertMatch(row, shows);
      }
    });
  }
});

Deno.test("a filter is kept from page to page", async () => {
  await using site = await startSite();
  const browser = await site.member(ANN);
  const pages = await readOn(
    browser,
    `${ORDERS}?fulfillment=FULFILLED`,
    "next",
  );
  assertEquals(pages.length, 2);
  for (const { path, body } of pages) {
    assertStringIncludes(path, "fulfillment=FULFILLED");
    assertMatch(body, /<option value="FULFILLED" selected/);
  }
});

Deno.test("a filter stands open, with what it asks for and the way back to all", async () => {
  await using site = await startSite();
  const browser = await site.member(ANN);
  const all = await browser.open(ORDERS);
  assertMatch(all.body, /<details class="filter">/);
  assertEquals(all.body.includes("Show all"), false);
  const some = await browser.open(`${ORDERS}?payment=PAID&from=2026-11-01`);
  assertMatch(some.body, /<details class="filter" open/);
  assertMatch(some.body, /<option value="PAID" selected/);
  assertMatch(some.body, /<input[^>]*name="from"[^>]*value="2026-11-01"/);
  assertMatch(some.body, /<a href="\/account\/orders"[^>]*>Show all/);
});

Deno.test("a row tells the pictures, the rest of them, and whether it is canceled", async () => {
  await using site = await startSite();
  const { rows = [] } =
    (await readOn(await site.member(ANN), ORDERS, "next"))[0] ?? {};
  const row = (number: string) =>
    rows.find((html) => html.includes(`>Order ${number}<`)) ?? "";
  assertStringIncludes(row("1044"), ">Order canceled<");
  assertEquals(row("1044").includes("Not sent yet"), false);
  assertStringIncludes(row("1047"), ">Not sent yet<");
  assertEquals(row("1047").includes(">Placed<"), false);
  assertEquals(row("1042").match(/class="thumbnail"/g)?.length, 3);
  assertMatch(row("1042"), /class="more">\+6</);
  assertEquals(row("1045").includes('class="more"'), false);
});

Deno.test("dates in the wrong order stay in the filter, as all else that is understood", async () => {
  await using site = await startSite();
  const browser = await site.member(ANN);
  const { status, body } = await browser.open(
    `${ORDERS}?payment=PAID&fulfillment=x&from=2026-02-02&to=2026-02-01`,
  );
  assertEquals(status, 400);
  assertMatch(body, /<details class="filter" open/);
  assertMatch(body, /<option value="PAID" selected/);
  assertMatch(body, /<input[^>]*name="from"[^>]*value="2026-02-02"/);
  assertMatch(body, /<input[^>]*name="to"[^>]*value="2026-02-01"/);
});

Deno.test("the lines of an order add up to its subtotal, without the tax below", async () => {
  await using site = await startSite();
  const browser = await site.member(ANN);
  const list = await browser.open(ORDERS);
  const [path = ""] = /\/account\/orders\/[0-9a-f-]{36}/.exec(list.body) ?? [];
  const { body } = await browser.open(path);
  const [, items = "", totals = ""] =
    /<tbody>(.*?)<\/tbody>.*?<tfoot>(.*?)<\/tfoot>/s.exec(body) ?? [];
  assertStringIncludes(items, "$19.00");
  assertMatch(totals, /Subtotal.*?\$19\.00.*Tax.*?\$1\.52/s);
});

const notUnderstood = [
  "cursor=nonsense",
  "cursor=" + "A".repeat(4_001),
  "payment=x",
  "payment=__proto__",
  "fulfillment=paid",
  "from=yesterday",
  "from=2026-02-31",
  "to=%00",
  "from=2026-02-02&to=2026-02-01",
];
Deno.test("an address that is not understood says so, and leads to the first page", async (t) => {
  await using site = await startSite();
  const browser = await site.member(ANN);
  for (const query of notUnderstood) {
    await t.step(query.slice(0, 40), async () => {
      const page = await browser.open(`${ORDERS}?${query}`);
      assertEquals(page.status, 400);
      assertStringIncludes(page.body, "This address is not understood");
      assertMatch(page.body, /<a class="button" href="\/account\/orders"/);
      const json = await browser.request(`/api/orders?${query}`);
      assertEquals(json.status, 400);
      assertEquals(
        json.headers.get("content-type"),
        "application/problem+json",
      );
    });
  }
});

Deno.test("an order has a page of its own, with all that Wix tells about it", async () => {
  await using site = await startSite();
  const browser = await site.member(ANN);
  const list = await browser.open(`${ORDERS}?payment=PARTIALLY_REFUNDED`);
  const [number] = orderNumbers(list);
  const page = await browser.open(orderLinks(list)[0] ?? "");
  assertEquals(page.status, 200);
  assertStringIncludes(page.body, `<h1>Order ${number}</h1>`);
  for (
    const text of [
      "Willow basket",
      "Leather",
      "Total",
      "Refunded",
      "Goes to",
      "Ann Archer",
      "Order placed",
    ]
  ) assertStringIncludes(page.body, text);
});

Deno.test("an order tells its discount, what is still to pay, and who is billed", async () => {
  await using site = await startSite();
  const browser = await site.member(ANN);
  const { body } = await browser.open(
    `${ORDERS}/00000003-0000-4000-8000-000000000412`,
  );
  assertMatch(body, />Discount<\/th><td[^>]*>−¥11,386</);
  assertMatch(body, />Still to pay<\/dt><dd>¥113,688</);
  const [, billed = ""] = body.split(">Billed to<");
  assertMatch(billed, /^\/?.*?<bdi>Ann Archer<\/bdi>.*?<bdi>Japan<\/bdi>/s);
  assertMatch(body, /Wood: <bdi>Oak<\/bdi>/);
});

Deno.test("what has been sent is told with what is in it and where it is", async () => {
  await using site = await startSite();
  const browser = await site.member(ANN);
  const open = async (query: string) => {
    const list = await browser.open(`${ORDERS}?${query}`);
    return await browser.open(orderLinks(list)[0] ?? "");
  };
  const sent = await open("fulfillment=FULFILLED&payment=PAID&to=2026-11-08");
  assertMatch(sent.body, /2 × Tea towels, set of 3/);
  assertMatch(sent.body, /<a href="https:[^"]+" rel="noreferrer">\w+<\/a>/);
  const waiting = await open("fulfillment=NOT_FULFILLED");
  assertStringIncludes(waiting.body, "Nothing has been sent yet");

  site.wix.controls.failNext("GET /ecom/v1/fulfillments/orders/{orderId}", {
    status: 500,
    times: 2,
  });
  const unknown = await open("fulfillment=FULFILLED");
  assertEquals(unknown.status, 200);
  assertStringIncludes(unknown.body, "Tracking is not available right now");
});

Deno.test("the pictures of products come from Wix's media host", async () => {
  await using site = await startSite();
  const { body, headers } = await (await site.member(ANN)).open(ORDERS);
  const [, src = ""] = /<img src="([^"]+)"/.exec(body) ?? [];
  assertEquals(new URL(src).origin, site.wix.origin);
  const policy = headers.get("content-security-policy") ?? "";
  assertMatch(policy, new RegExp(`img-src [^;]*${site.wix.origin}`));
  const image = await fetch(src);
  assertEquals(image.headers.get("content-type"), "image/svg+xml");
  assertStringIncludes(await image.text(), "<path");
});

Deno.test("somebody else's order looks like one that does not exist", async () => {
  await using site = await startSite();
  const annsOrder = orderLinks(
    await (await site.member(ANN)).open(ORDERS),
  )[0] ?? "";
  const ben = await site.member(BEN);
  const foreign = await ben.open(annsOrder);
  const missing = await ben.open(
    "/account/orders/00000000-0000-4000-8000-00000000dead",
  );
  assertEquals([foreign.status, missing.status], [404, 404]);
  assertEquals(withoutNonce(foreign), withoutNonce(missing));
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

interface ReadPage {
  readonly path: string;
  readonly body: string;
  /** The HTML of each order. */
  readonly rows: readonly string[];
  readonly numbers: readonly string[];
  readonly dates: readonly string[];
}

/** Opens a page and all that follow it in one direction. */
async function readOn(
  browser: Browser,
  start: string,
  rel: "next" | "prev",
): Promise<ReadPage[]> {
  const pages: ReadPage[] = [];
  for (let path: string | undefined = start; path !== undefined;) {
    const page: Page = await browser.open(path);
    assertEquals(page.status, 200);
    pages.push({
      path,
      body: page.body,
      rows: orderRows(page),
      numbers: orderNumbers(page),
      dates: page.body.match(/(?<=datetime=")[^"]+/g) ?? [],
    });
    path = pageLink(page, rel);
  }
  return pages;
}

function orderRows({ body }: Page): string[] {
  return body.match(/<li><div class="pictures">.*?<\/li>/gs) ?? [];
}

function orderLinks(page: Page): string[] {
  return [...page.body.matchAll(/href="(\/account\/orders\/[0-9a-f-]{36})"/g)]
    .map(([, href = ""]) => href);
}

function orderNumbers(page: Page): string[] {
  return orderRows(page).map((row) => />Order (\d+)</.exec(row)?.[1] ?? "");
}

function pageLink(page: Page, rel: "next" | "prev"): string | undefined {
  const link = page.body.match(/<a\b[^>]*>/g)?.find((tag) =>
    tag.includes(`rel="${rel}"`)
  );
  return link && /href="([^"]*)"/.exec(link)?.[1]?.replaceAll("&amp;", "&");
}

function withoutNonce({ body }: Page): string {
  return body.replace(/nonce="[^"]*"/, "");
}
