import { assertEquals, assertExists, assertMatch } from "@std/assert";
import type { Browser, Page } from "../helpers/browser.ts";
import {
  attributes,
  find,
  formData,
  text,
  texts,
} from "../helpers/document.ts";
import { test } from "../helpers/shared_site.ts";
import { ANN, BEN } from "../helpers/site.ts";

const ORDERS = "/account/orders";

test.member("47 orders are read to the end and back, each once, newest first", async ({ ann }) => {
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

test.member("the address of a page shows the same page tomorrow, and another member their own", async ({ ann, site }) => {
  const second = pageLink(await ann.open(ORDERS), "next") ?? "";
  const numbers = async (email: string) =>
    orderNumbers(await (await site.member(email)).open(second));
  const anns = await numbers(ANN);
  assertEquals(anns.length, 10);
  assertEquals(await numbers(ANN), anns);
  assertEquals(await numbers(BEN), []);
});

test("somebody without orders reads so", async ({ site }) => {
  const { status, body } = await (await site.member(BEN)).open(ORDERS);
  assertEquals(status, 200);
  assertMatch(body, /You have not ordered anything yet/);
});

const filters: [query: string, shows: RegExp, howMany: number][] = [
  ["payment=PAID&fulfillment=FULFILLED", /Sent/, 8],
  ["fulfillment=PARTIALLY_FULFILLED", /Partly sent/, 10],
  ["from=2026-11-01&to=2026-11-13", /2026-11-(0[1-9]|1[0-3])/, 3],
  ["to=2020-01-01", /No order is like that/, 0],
];
test.member("orders are filtered by what the address asks for", async ({ ann, t }) => {
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

test.member("a filter stands open and is kept from page to page, with the way back to all", async ({ ann }) => {
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
    assertEquals(link.textContent, "Show all");
    assertEquals(link.getAttribute("href"), ORDERS);
  }
});

test.member("a row tells the pictures, the rest of them, and whether it is canceled", async ({ ann }) => {
  const { document } = await ann.open(ORDERS);
  const row = (number: string) => {
    const row = [...document.querySelectorAll(".orders > li")]
      .find((row) => text(row, "h2") === `Order ${number}`);
    assertExists(row, number);
    return row;
  };
  const badges = (number: string) => texts(row(number), ".badge");
  assertEquals(badges("1044")[0], "Order canceled");
  assertEquals(badges("1044").includes("Not sent yet"), false);
  assertEquals(badges("1047").at(-1), "Not sent yet");
  assertEquals(badges("1047").includes("Placed"), false);
  assertEquals(row("1042").querySelectorAll(".thumbnail").length, 3);
  assertEquals(texts(row("1042"), ".more"), ["+6"]);
  assertEquals(texts(row("1045"), ".more"), []);
});

const notUnderstood = [
  "cursor=nonsense",
  "from=2026-02-31",
];
test.member("an address that is not understood says so, and leads to the first page", async ({ ann }) => {
  for (const query of notUnderstood) {
    const page = await ann.open(`${ORDERS}?${query}`);
    assertEquals(page.status, 400, query);
    assertMatch(page.body, /This address is not understood/);
    find(page.document, `a.button[href="${ORDERS}"]`);
    const json = await ann.request(`/api/orders?${query}`);
    assertEquals([json.status, typeOf(json)], [400, PROBLEM]);
  }
});

test.member("an order has a page of its own, with all that Wix tells about it", async ({ ann }) => {
  const list = await ann.open(`${ORDERS}?payment=PARTIALLY_REFUNDED`);
  const { status, document } = await openFirst(ann, list);
  assertEquals([status, text(document, "h1")], [200, orderNumbers(list)[0]]);
  const shown = text(document, "main");
  const parts = ["Willow basket", "Leather", "Total", "Refunded"];
  for (const part of [...parts, "Goes to", "Ann Archer", "Order placed"]) {
    assertMatch(shown, new RegExp(part));
  }
});

test.member("an order tells its discount, what is still to pay, and who is billed", async ({ ann }) => {
  const id = "00000003-0000-4000-8000-000000000412";
  const { document } = await ann.open(`${ORDERS}/${id}`);
  assertMatch(text(document, "tfoot"), /Subtotal.*Discount ?−¥11,386/);
  assertMatch(text(document, "dl.facts"), /Still to pay ?¥113,688/);
  assertEquals(texts(document, "h3").at(-1), "Billed to");
  const billed = texts(document, "address:last-of-type bdi");
  assertEquals([billed[0], billed.includes("Japan")], ["Ann Archer", true]);
  assertMatch(text(document, "tbody"), /Wood: Oak/);
});

test.member("what has been sent is told with what is in it and where it is", async ({ ann, site }) => {
  const open = async (query: string) =>
    await openFirst(ann, await ann.open(`${ORDERS}?${query}`));
  const sent = await open("fulfillment=FULFILLED&payment=PAID&to=2026-11-08");
  const parcel = find(sent.document, "ul.history > li");
  assertMatch(text(parcel, "div"), /2 × Tea towels, set of 3/);
  assertMatch(text(parcel, 'a[href^="https:"][rel="noreferrer"]'), /^\w+$/);
  const waiting = await open("fulfillment=NOT_FULFILLED");
  assertMatch(waiting.body, /Nothing has been sent yet/);

  const call = "GET /ecom/v1/fulfillments/orders/{orderId}";
  site.wix.controls.failNext(call, { status: 500, times: 2 });
  const unknown = await open("fulfillment=FULFILLED");
  assertEquals(unknown.status, 200);
  assertMatch(unknown.body, /Tracking is not available right now/);
});

test.member("somebody else's order looks like one that does not exist", async ({ ann, site }) => {
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

test.member("GET /api/orders gives a member's page as JSON, and a visitor a problem document", async ({ ann, site }) => {
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
  /** Each order. */
  readonly rows: readonly Element[];
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

/** What a field of the filter is set to. */
function chosen(document: Document, name: string): string | null {
  return formData(find(document, ".filter form")).get(name);
}
