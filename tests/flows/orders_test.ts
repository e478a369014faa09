import {
  assertEquals,
  assertExists,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import { demoSeed, PEOPLE } from "@/packages/local-wix/src/mod.ts";
import type { Browser, Page } from "../helpers/browser.ts";
import {
  attributes,
  find,
  formData,
  text,
  texts,
} from "../helpers/document.ts";
import { test } from "../helpers/shared_site.ts";
import { ANN, BEN, startSite } from "../helpers/site.ts";

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

test("the address of a page shows the same page tomorrow, and another member their own", async (site) => {
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

test("somebody without orders reads so", async (site) => {
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
test.member(
  "orders are filtered by what the address asks for",
  async (browser, _site, t) => {
    for (const [query, shows, howMany] of filters) {
      await t.step(query, async () => {
        const pages = await readOn(browser, `${ORDERS}?${query}`, "next");
        assertEquals(pages.flatMap(({ numbers }) => numbers).length, howMany);
        for (const { rows, document } of pages) {
          assertMatch(text(document, "main"), shows);
          for (const row of rows) assertMatch(row.outerHTML, shows);
        }
      });
    }
  },
);

test.member("a filter is kept from page to page", async (browser) => {
  const pages = await readOn(
    browser,
    `${ORDERS}?fulfillment=FULFILLED`,
    "next",
  );
  assertEquals(pages.length, 2);
  for (const { path, document } of pages) {
    assertStringIncludes(path, "fulfillment=FULFILLED");
    assertEquals(chosen(document, "fulfillment"), "FULFILLED");
  }
});

test.member("a filter stands open, with what it asks for and the way back to all", async (browser) => {
  const all = await browser.open(ORDERS);
  find(all.document, "details.filter:not([open])");
  assertEquals(all.body.includes("Show all"), false);
  const some = await browser.open(`${ORDERS}?payment=PAID&from=2026-11-01`);
  assertEquals(chosen(some.document, "payment"), "PAID");
  assertEquals(chosen(some.document, "from"), "2026-11-01");
  const link = find(some.document, "details.filter[open] a");
  assertEquals(link.textContent, "Show all");
  assertEquals(link.getAttribute("href"), ORDERS);
});

test("a row tells the pictures, the rest of them, and whether it is canceled", async (site) => {
  const { rows = [] } =
    (await readOn(await site.member(ANN), ORDERS, "next"))[0] ?? {};
  const row = (number: string) => {
    const row = rows.find((row) => text(row, "h2") === `Order ${number}`);
    assertExists(row, number);
    return row;
  };
  assertEquals(texts(row("1044"), ".badge")[0], "Order canceled");
  assertEquals(texts(row("1044"), ".badge").includes("Not sent yet"), false);
  assertEquals(texts(row("1047"), ".badge").at(-1), "Not sent yet");
  assertEquals(texts(row("1047"), ".badge").includes("Placed"), false);
  assertEquals(row("1042").querySelectorAll(".thumbnail").length, 3);
  assertEquals(texts(row("1042"), ".more"), ["+6"]);
  assertEquals(texts(row("1045"), ".more"), []);
});

test.member("dates in the wrong order stay in the filter, as all else that is understood", async (browser) => {
  const { status, document } = await browser.open(
    `${ORDERS}?payment=PAID&fulfillment=x&from=2026-02-02&to=2026-02-01`,
  );
  assertEquals(status, 400);
  find(document, "details.filter[open]");
  assertEquals(chosen(document, "payment"), "PAID");
  assertEquals(chosen(document, "from"), "2026-02-02");
  assertEquals(chosen(document, "to"), "2026-02-01");
});

test.member("the lines of an order add up to its subtotal, without the tax below", async (browser) => {
  const list = await browser.open(ORDERS);
  const { document } = await browser.open(orderLinks(list)[0] ?? "");
  assertStringIncludes(text(document, "tbody"), "$19.00");
  const totals = text(document, "tfoot");
  assertMatch(totals, /Subtotal ?\$19\.00.*Tax ?\$1\.52/);
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
test.member(
  "an address that is not understood says so, and leads to the first page",
  async (browser, _site, t) => {
    for (const query of notUnderstood) {
      await t.step(query.slice(0, 40), async () => {
        const page = await browser.open(`${ORDERS}?${query}`);
        assertEquals(page.status, 400);
        assertStringIncludes(page.body, "This address is not understood");
        find(page.document, `a.button[href="${ORDERS}"]`);
        const json = await browser.request(`/api/orders?${query}`);
        assertEquals(json.status, 400);
        assertEquals(
          json.headers.get("content-type"),
          "application/problem+json",
        );
      });
    }
  },
);

test.member("an order has a page of its own, with all that Wix tells about it", async (browser) => {
  const list = await browser.open(`${ORDERS}?payment=PARTIALLY_REFUNDED`);
  const [number] = orderNumbers(list);
  const page = await browser.open(orderLinks(list)[0] ?? "");
  assertEquals(page.status, 200);
  assertEquals(text(page.document, "h1"), number);
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

test.member("an order tells its discount, what is still to pay, and who is billed", async (browser) => {
  const { document } = await browser.open(
    `${ORDERS}/00000003-0000-4000-8000-000000000412`,
  );
  assertMatch(text(document, "tfoot"), /Discount ?−¥11,386/);
  assertMatch(text(document, "dl.facts"), /Still to pay ?¥113,688/);
  assertEquals(texts(document, "h3").at(-1), "Billed to");
  const billed = texts(document, "address:last-of-type bdi");
  assertEquals([billed[0], billed.includes("Japan")], ["Ann Archer", true]);
  assertStringIncludes(text(document, "tbody"), "Wood: Oak");
});

test.member(
  "what has been sent is told with what is in it and where it is",
  async (browser, site) => {
    const open = async (query: string) => {
      const list = await browser.open(`${ORDERS}?${query}`);
      return await browser.open(orderLinks(list)[0] ?? "");
    };
    const sent = await open("fulfillment=FULFILLED&payment=PAID&to=2026-11-08");
    const parcel = find(sent.document, "ul.history > li");
    assertStringIncludes(text(parcel, "div"), "2 × Tea towels, set of 3");
    assertMatch(text(parcel, 'a[href^="https:"][rel="noreferrer"]'), /^\w+$/);
    const waiting = await open("fulfillment=NOT_FULFILLED");
    assertStringIncludes(waiting.body, "Nothing has been sent yet");

    site.wix.controls.failNext("GET /ecom/v1/fulfillments/orders/{orderId}", {
      status: 500,
      times: 2,
    });
    const unknown = await open("fulfillment=FULFILLED");
    assertEquals(unknown.status, 200);
    assertStringIncludes(unknown.body, "Tracking is not available right now");
  },
);

test("the pictures of products come from Wix's media host", async (site) => {
  const { document, headers } = await (await site.member(ANN)).open(ORDERS);
  const [src = ""] = attributes(document, ".orders img", "src");
  assertEquals(new URL(src).origin, site.wix.origin);
  const policy = headers.get("content-security-policy") ?? "";
  assertMatch(policy, new RegExp(`img-src [^;]*${site.wix.origin}`));
  const image = await fetch(src);
  assertEquals(image.headers.get("content-type"), "image/svg+xml");
  assertStringIncludes(await image.text(), "<path");
});

test("somebody else's order looks like one that does not exist", async (site) => {
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
test.member(
  "an id that is none never reaches Wix",
  async (browser, site, t) => {
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
  },
);

test.member("GET /api/orders gives a member's page as JSON", async (browser) => {
  const { body } = await browser.request("/api/orders");
  const page = JSON.parse(body);
  assertEquals(page.orders.length, 10);
  assertMatch(page.next, /./);
});

test("GET /api/orders answers a visitor 401 as a problem document", async (site) => {
  const { status, headers, body } = await site.visitor().request("/api/orders");
  assertEquals(status, 401);
  assertEquals(headers.get("content-type"), "application/problem+json");
  assertEquals(JSON.parse(body).status, 401);
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

function orderLinks({ document }: Page): string[] {
  return attributes(document, ".orders h2 a", "href");
}

/** Such as `Order 1047`. */
function orderNumbers({ document }: Page): string[] {
  return texts(document, ".orders h2");
}

function pageLink(
  { document }: Page,
  rel: "next" | "prev",
): string | undefined {
  return attributes(document, `a[rel="${rel}"]`, "href")[0];
}

/** What a field of the filter is set to. */
function chosen(document: Document, name: string): string | null {
  return formData(find(document, ".filter form")).get(name);
}

function withoutNonce({ body }: Page): string {
  return body.replace(/nonce="[^"]*"/, "");
}
