import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import type { Fault } from "@/packages/local-wix/src/mod.ts";
import type { Page } from "../helpers/browser.ts";
import {
  assertShows,
  attributes,
  find,
  text,
  texts,
} from "../helpers/document.ts";
import { sendOnly } from "../helpers/forms.ts";
import { test } from "../helpers/shared_site.ts";
import {
  addToCart,
  changeCart,
  checkOut,
  firstLineId,
  hideProduct,
  setStock,
  totals,
} from "../helpers/shop.ts";

const MUG = "/products/enamel-mug?Color=Clay";
const PAN = "/products/cast-iron-pan?Diameter=30+cm";
const lines = ({ document }: Page) => texts(document, ".cart-lines h2");
const count = ({ document }: Page) => text(document, ".cart-count");
const problem = ({ document }: Page) =>
  texts(document, ".error, [role=alert]").join(" ");

test("a visitor fills a cart, changes it and empties it; every page shows the count without a call", async ({ site }) => {
  const visitor = site.visitor();
  const added = await addToCart(visitor, MUG, { quantity: "2" });
  assertEquals(added.url.pathname, "/cart");
  assertMatch(text(added.document, ".cart-lines"), /Enamel mug ?Color: ?Clay/);
  assertEquals(totals(added), ["Subtotal$29.00", "Total$29.00"]);
  assertEquals(attributes(added.document, ".cart-lines img", "src").length, 1);
  // The same again is the same line; another variant is not.
  await addToCart(visitor, MUG);
  const other = await addToCart(visitor, "/products/enamel-mug?Color=Moss");
  assertEquals([lines(other).length, count(other)], [2, "4"]);

  const before = site.wix.controls.counters.routes;
  const page = await visitor.open(MUG);
  assertEquals(count(page), "4");
  assertEquals(site.wix.controls.counters.routes, before);

  const lineId = firstLineId(other);
  const set = await changeCart(visitor, "set-quantity", {
    lineId,
    quantity: "1",
  });
  assertEquals([set.url.pathname, count(set)], ["/cart", "2"]);
  const note = await changeCart(visitor, "set-note", { note: "<b>Hi</b>" });
  const value = find(note.document, "[name=note]").getAttribute("value");
  assertEquals(value, "<b>Hi</b>");
  const removed = await changeCart(visitor, "remove", { lineId });
  assertEquals(count(removed), "1");
  // A second click on Remove has nothing left to do.
  assertEquals((await changeCart(visitor, "remove", { lineId })).status, 200);
  const empty = await changeCart(visitor, "set-quantity", {
    lineId: firstLineId(removed),
    quantity: "0",
  });
  assertShows(empty, "Your cart is empty");
  find(empty.document, ".cart-count[hidden]");
});

test("an empty cart starts no session", async ({ site }) => {
  const grants = site.grants();
  const { body, headers } = await site.visitor().open("/cart");
  assertShows({ body }, "Your cart is empty");
  assertEquals(headers.getSetCookie(), []);
  assertEquals((await checkOut(site.visitor())).url.pathname, "/cart");
  assertEquals(site.grants(), grants);
});

const orders: [
  path: string,
  fields: Record<string, string>,
  problem: RegExp | undefined,
][] = [
  ["/products/enamel-mug", {}, /Choose an option\./],
  ["/products/enamel-mug?Color=Mauve", {}, /Choose an option\./],
  ["/products/linen-apron?Size=L", {}, /Choose an option\./],
  [MUG, { quantity: "0" }, /Enter a number from 1 to 999\./],
  [MUG, { quantity: "1e3" }, /Enter a number from 1 to 999\./],
  [PAN, { quantity: "4" }, /Only 3 left\./],
  ["/products/gift-card", { "modifier-1": "x".repeat(61) }, /At most 60/],
  ["/products/gift-card", { "modifier-1": "For Ada" }, undefined],
  ["/products/juniper-candle", { "modifier-1": "Gold" }, /Choose one of/],
  ["/products/juniper-candle", { "modifier-1": "Gift box" }, undefined],
  ["/products/juniper-candle", {}, undefined],
];
test("adds the chosen variant, or shows an error at the missing field", async ({ site, t }) => {
  for (const [path, fields, expected] of orders) {
    await t.step(`${path} ${JSON.stringify(fields).slice(0, 40)}`, async () => {
      const page = await addToCart(site.visitor(), path, fields);
      if (expected) {
        assertEquals([page.status, page.url.pathname.split("/")[1]], [
          422,
          "products",
        ]);
        assertMatch(problem(page), expected);
        const [text = ""] = Object.values(fields);
        assertStringIncludes(page.body, text, "what was entered is kept");
      } else {
        assertEquals(page.url.pathname, "/cart");
        assertStringIncludes(page.body, Object.values(fields)[0] ?? "");
      }
    });
  }
});

test("unavailable items show a message at their line and block the checkout", async ({ site }) => {
  const visitor = site.visitor();
  await addToCart(visitor, PAN, { quantity: "3" });
  await addToCart(visitor, "/products/preserving-jar?Volume=1+l");
  await setStock(site, "PAN-2", 2);
  const fewer = await visitor.open("/cart");
  assertEquals(fewer.status, 200);
  assertMatch(problem(fewer), /Only 2 left\. Change the quantity/);
  find(fewer.document, "[action='/checkout'] [disabled]");
  await setStock(site, "PAN-2", 0);
  assertMatch(problem(await visitor.open("/cart")), /Sold out\. Remove it/);
  await hideProduct(site, "preserving-jar");
  const gone = await visitor.open("/cart");
  assertMatch(problem(gone), /No longer sold\. Remove it/);
  const refused = await checkOut(visitor);
  assertEquals(refused.url.pathname, "/cart");
});

const coupons: [code: string, shows: RegExp][] = [
  ["WELCOME10", /Discount ?−\$2\.90.*\$26\.10/],
  ["welcome10", /Discount ?−\$2\.90/],
  ["SUMMER15", /This coupon has expired\./],
  ["BIG20", /This coupon needs a higher subtotal\./],
  ["NOPE", /Unknown coupon code\./],
  ["", /Unknown coupon code\./],
  ["X".repeat(99), /Unknown coupon code\./],
];
test("a coupon is applied and removed; one that does not apply says why", async ({ site, t }) => {
  const visitor = site.visitor();
  await addToCart(visitor, MUG, { quantity: "2" });
  for (const [code, shows] of coupons) {
    await t.step(code.slice(0, 12), async () => {
      const page = await changeCart(visitor, "add-coupon", { code });
      assertMatch(text(page.document, "[aria-label=Summary]"), shows);
      const applied = page.document.querySelector("[name=couponId]");
      assertEquals(page.status, applied ? 200 : 422);
      if (!applied) {
        const field = find(page.document, "[name=code]");
        return assertEquals(field.getAttribute("value") ?? "", code);
      }
      const couponId = applied.getAttribute("value") ?? "";
      const removed = await changeCart(visitor, "remove-coupon", { couponId });
      assertEquals(totals(removed).length, 2);
    });
  }
});

const forged: Record<string, string>[] = [
  {},
  { action: "toString" },
  { action: "remove", lineId: "../../orders" },
  { action: "set-quantity", lineId: "", quantity: "1" },
  { action: "remove-coupon", couponId: "x?y" },
];
test("rejects unknown actions and cross-site forms", async ({ site }) => {
  const visitor = site.visitor();
  await addToCart(visitor, MUG);
  for (const fields of forged) {
    const body = new URLSearchParams(fields);
    const { status } = await sendOnly(visitor, "/cart", body);
    assertEquals(status, 400, String(body));
  }
  const response = await visitor.request("/cart", {
    method: "POST",
    body: new URLSearchParams({ action: "set-note", note: "x" }),
    headers: {
      "sec-fetch-site": "cross-site",
      origin: "https://other.example",
    },
  });
  assertEquals(response.status, 403);
  // A count that someone wrote changes a number in the header, and no more.
  visitor.setCookie("localhost", "cart_count", "<script>");
  find((await visitor.open("/shop")).document, ".cart-count[hidden]");
});

test("a Wix failure is a 503, and the cart is intact afterwards", async ({ site }) => {
  const visitor = site.visitor();
  const { controls } = site.wix;
  const lineId = firstLineId(await addToCart(visitor, MUG));
  const down = { status: 500, times: 2 };
  controls.failNext("POST /ecom/v2/carts/current/estimate", down);
  assertEquals((await visitor.open("/cart")).status, 503);
  controls.failNext("POST /ecom/v2/carts/current/update-line-items", down);
  const fields = { lineId, quantity: "7" };
  assertEquals((await changeCart(visitor, "set-quantity", fields)).status, 503);
  controls.failNext("GET /ecom/v2/carts/current", down);
  assertEquals((await checkOut(visitor)).status, 503);
  assertEquals(count(await visitor.open("/cart")), "1");
});

const CART = "/ecom/v2/carts/current";
const unusable: [
  route: string,
  fault: Fault,
  status: number,
  shows: RegExp,
][] = [
  ["add-line-items", { status: 200, body: {} }, 422, /was not added/],
  ["add-line-items", { kind: "empty" }, 503, /Log in/],
  ["add-line-items", { status: 400 }, 500, /Log in/],
  ["add-line-items", { status: 403 }, 403, /Log in/],
  ["estimate", { status: 403 }, 403, /Log in/],
  ["estimate", { status: 200, body: {} }, 200, /Your cart is empty/],
];
test("does not treat refused or empty responses from Wix as a success", async ({ site, t }) => {
  for (const [route, fault, status, shows] of unusable) {
    await t.step(`${route} ${JSON.stringify(fault)}`, async () => {
      const visitor = site.visitor();
      await addToCart(visitor, MUG);
      site.wix.controls.failNext(`POST ${CART}/${route}`, fault);
      const page = await addToCart(visitor, PAN);
      assertEquals(page.status, status);
      assertMatch(text(page.document, "body"), shows);
      const isAdded = route === "estimate";
      assertEquals(count(await visitor.open("/cart")), isAdded ? "2" : "1");
    });
  }
});

test("GET and POST /api/cart return the cart with its problems", async ({ site }) => {
  const visitor = site.visitor();
  const lineId = firstLineId(await addToCart(visitor, PAN));
  const read = async (fields: Record<string, string>) => {
    const body = new URLSearchParams(fields);
    return JSON.parse((await sendOnly(visitor, "/api/cart", body)).body);
  };
  const ok = await read({ action: "set-quantity", lineId, quantity: "2" });
  assertEquals([ok.cart.count, ok.problem], [2, undefined]);
  const more = await read({ action: "set-quantity", lineId, quantity: "9" });
  assertEquals(more.cart.count, 2);
  assertEquals(more.problem.about, lineId);
  const { body } = await visitor.request("/api/cart");
  assertEquals(JSON.parse(body).cart, more.cart);
});
