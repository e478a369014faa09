import { assertEquals, assertExists, assertMatch } from "@std/assert";
import type { Browser, Page } from "../helpers/browser.ts";
import {
  assertShows,
  attributes,
  find,
  formData,
  text,
  texts,
} from "../helpers/document.ts";
import { test } from "../helpers/shared_site.ts";
import { ANN, BEN } from "../helpers/site.ts";

const ORDERS = "/account/orders";

test.member("pages through 47 orders and back, newest first", async ({ ann }) => {
  const there = await readOn(ann, ORDERS, "next");
  assertEquals(there.length, 5);
  const numbers = there.flatMap((page) => page.numbers);
  assertEquals([numbers.length, new Set(numbers).size], [47, 47]);
  const dates = there.flatMap((page) => page.dates);
  assertEquals(dates, dates.toSorted().toReversed());
  const back = await readOn(ann, there.at(-1)?.path ?? "", "prev");
  const reversed = back.toReversed().flatMap((page) => page.numbers);
  assertEquals(reversed, numbers);
});

test.member("a page's URL is permanent, and shows other members their own orders", async ({ ann, site }) => {
  const second = pageLink(await ann.open(ORDERS), "next") ?? "";
  const numbers = async (email: string) =>
    orderNumbers(await (await site.member(email)).open(second));
  const anns = await numbers(ANN);
  assertEquals(anns.length, 10);
  assertEquals(await numbers(ANN), anns);
  assertEquals(await numbers(BEN), []);
});

test("shows an empty state without orders", async ({ site }) => {
  const { status, body } = await (await site.member(BEN)).open(ORDERS);
  assertEquals(status, 200);
  assertShows({ body }, "No orders yet");
});

const filters: [query: string, shows: RegExp, howMany: number][] = [
  ["payment=PAID&fulfillment=FULFILLED", /Shipped/, 8],
  ["fulfillment=PARTIALLY_FULFILLED", /Partially shipped/, 10],
  ["from=2026-11-01&to=2026-11-13", /Nov (\d|1[0-3]), 2026/, 3],
  ["to=2020-01-01", /No orders match these filters/, 0],
];
test.member("filters orders by query parameters", async ({ ann, t }) => {
  for (const [query, shows, howMany] of filters) {
    await t.step(query, async () => {
      const pages = await readOn(ann, `${ORDERS}?${query}`, "next");
      assertEquals(pages.flatMap(({ numbers }) => numbers).length, howMany);
      for (const { rows, document } of pages) {
        assertMatch(text(document, "main"), shows);
        for (const row of rows) assertMatch(row.outerHTML, shows);
      }
    });
  }
});

test.member("keeps a filter open from page to page, with a link to clear it", async ({ ann }) => {
  const all = await ann.open(ORDERS);
  find(all.document, "details.filter:not([open])");
  assertEquals(texts(all.document, "details.filter a"), []);
  const query = "fulfillment=FULFILLED&from=2026-01-01";
  const pages = await readOn(ann, `${ORDERS}?${query}`, "next");
  assertEquals(pages.length > 1, true);
  for (const { document } of pages) {
    assertEquals(chosen(document, "fulfillment"), "FULFILLED");
    assertEquals(chosen(document, "from"), "2026-01-01");
    const link = find(document, "details.filter[open] a");
    assertEquals(link.textContent, "Clear");
    assertEquals(link.getAttribute("href"), ORDERS);
  }
});

test.member("a row shows pictures, how many more there are, and a cancellation", async ({ ann }) => {
  const { document } = await ann.open(ORDERS);
  const row = (number: string) => {
    const row = [...document.querySelectorAll(".orders > li")]
      .find((row) => text(row, "h2") === `Order ${number}`);
    assertExists(row, number);
    return row;
  };
  const badges = (number: string) => texts(row(number), ".badge");
  assertEquals(badges("1044")[0], "Order canceled");
  assertEquals(badges("1044").includes("Not shipped yet"), false);
  assertEquals(badges("1047").at(-1), "Not shipped yet");
  assertEquals(badges("1047").includes("Placed"), false);
  assertEquals(row("1042").querySelectorAll(".thumbnail").length, 3);
  assertEquals(texts(row("1042"), ".more"), ["+6"]);
  assertEquals(texts(row("1045"), ".more"), []);
});

const invalidQueries = [
  "cursor=nonsense",
  "from=2026-02-31",
];
test.member("rejects an invalid query, with a link to the first page", async ({ ann }) => {
  for (const query of invalidQueries) {
    const page = await ann.open(`${ORDERS}?${query}`);
    assertEquals(page.status, 400, query);
    assertEquals(text(page.document, ".notice h2"), "This link isn't valid");
    find(page.document, `a.button[href="${ORDERS}"]`);
    const json = await ann.request(`/api/orders?${query}`);
    assertEquals([json.status, typeOf(json)], [400, PROBLEM]);
  }
});

test.member("an order page shows items, address and history", async ({ ann }) => {
  const list = await ann.open(`${ORDERS}?payment=PARTIALLY_REFUNDED`);
  const { status, document } = await openFirst(ann, list);
  assertEquals([status, text(document, "h1")], [200, orderNumbers(list)[0]]);
  const shown = text(document, "main");
  const parts = ["Willow basket", "Leather", "Total", "Refunded"];
  for (const part of [...parts, "Ship to", "Ann Archer", "Order placed"]) {
    assertMatch(shown, new RegExp(part));
  }
});

test.member("an order page shows discount, amount due and billing address", async ({ ann }) => {
  const id = "00000003-0000-4000-8000-000000000412";
  const { document } = await ann.open(`${ORDERS}/${id}`);
  assertMatch(text(document, "tfoot"), /Subtotal.*Discount ?−¥11,386/);
  assertMatch(text(document, "dl.descriptions"), /Amount due ?¥113,688/);
  assertEquals(texts(document, "h3").at(-1), "Bill to");
  const billed = texts(document, "address:last-of-type bdi");
  assertEquals([billed[0], billed.includes("Japan")], ["Ann Archer", true]);
  assertMatch(text(document, "tbody"), /Wood: Oak/);
});

test.member("an order page shows parcels with contents and tracking", async ({ ann, site }) => {
  const open = async (query: string) =>
    await openFirst(ann, await ann.open(`${ORDERS}?${query}`));
  const sent = await open("fulfillment=FULFILLED&payment=PAID&to=2026-11-08");
  const parcel = find(sent.document, "ul.history > li");
  assertMatch(text(parcel, "div"), /2 × Tea towels, set of 3/);
  assertMatch(text(parcel, 'a[href^="https:"][rel="noreferrer"]'), /^\w+$/);
  const waiting = await open("fulfillment=NOT_FULFILLED");
  assertShows(waiting, "Not shipped yet.");

  const call = "GET /ecom/v1/fulfillments/orders/{orderId}";
  site.wix.controls.failNext(call, { status: 500, times: 2 });
  const unknown = await open("fulfillment=FULFILLED");
  assertEquals(unknown.status, 200);
  assertMatch(text(unknown.document, "main"), /Tracking information isn't/);
});

test.member("another member's order looks like a missing one", async ({ ann, site }) => {
  const [annsOrder = ""] = orderLinks(await ann.open(ORDERS));
  const ben = await site.member(BEN);
  const foreign = await ben.open(annsOrder);
  const missing = await ben.open(`${ORDERS}/${crypto.randomUUID()}`);
  assertEquals([foreign.status, missing.status], [404, 404]);
  const shown = ({ document }: Page) => text(document, "body");
  assertEquals(shown(foreign), shown(missing));
});

const PROBLEM = "application/problem+json";
const typeOf = ({ headers }: Page) => headers.get("content-type");

test.member("GET /api/orders returns a page as JSON to members, and a problem document to visitors", async ({ ann, site }) => {
  const page = JSON.parse((await ann.request("/api/orders")).body);
  assertEquals(page.orders.length, 10);
  assertMatch(page.next, /./);
  const refused = await site.visitor().request("/api/orders");
  assertEquals([refused.status, typeOf(refused)], [401, PROBLEM]);
  assertEquals(JSON.parse(refused.body).status, 401);
});

interface ReadPage {
  readonly path: string;
  readonly document: Document;
  /** The list items. */
  readonly rows: readonly Element[];
  readonly numbers: readonly string[];
  readonly dates: readonly string[];
}

/** Opens a page and all that follow in one direction. */
async function readOn(
  browser: Browser,
  start: string,
  rel: "next" | "prev",
): Promise<ReadPage[]> {
  const pages: ReadPage[] = [];
  for (let path: string | undefined = start; path !== undefined;) {
    const page: Page = await browser.open(path);
    assertEquals(page.status, 200);
    const { document } = page;
    pages.push({
      path,
      document,
      rows: [...document.querySelectorAll(".orders > li")],
      numbers: orderNumbers(page),
      dates: attributes(document, "time", "datetime"),
    });
    path = pageLink(page, rel);
  }
  return pages;
}

function openFirst(browser: Browser, list: Page): Promise<Page> {
  return browser.open(orderLinks(list)[0] ?? "");
}

function orderLinks({ document }: Page): string[] {
  return attributes(document, ".orders h2 a", "href");
}

/** Such as `Order 1047`. */
function orderNumbers({ document }: Page): string[] {
  return texts(document, ".orders h2");
}

function pageLink({ document }: Page, rel: string): string | undefined {
  return attributes(document, `a[rel="${rel}"]`, "href")[0];
}

/** Returns the value of a filter field. */
function chosen(document: Document, name: string): string | null {
  return formData(find(document, ".filter form")).get(name);
}
