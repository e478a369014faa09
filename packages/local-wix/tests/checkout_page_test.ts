import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { type LocalWix, startLocalWix } from "../src/mod.ts";
import { CANDLE, MUG } from "./contract/shop.ts";
import { Browser } from "./helpers/browser.ts";
import {
  at,
  get,
  memberTokens,
  post,
  textAt,
  visitorTokens,
} from "./helpers/http.ts";

Deno.test("the checkout page says whose it is and runs no script", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const { headers, text } = await new Browser().get(await checkoutUrl(wix));
  assertStringIncludes(text, "stands in for Wix on this");
  assertStringIncludes(text, "No money moves");
  assert(!text.includes("<script"));
  const policy = headers.get("content-security-policy") ?? "";
  assertStringIncludes(policy, "default-src 'none'");
  assert(!policy.includes("script-src"));
  assertEquals(headers.get("cache-control"), "no-store");
});

Deno.test("the checkout page knows a member's name and address", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const { access } = await memberTokens(wix);
  const url = await checkoutUrl(wix, access);
  const { text } = await new Browser().get(url);
  for (const value of ["ann@demo.example", "Archer", "1 Juniper Lane"]) {
    assertStringIncludes(text, `value="${value}"`);
  }
});

Deno.test("the checkout page names each field that has to change", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const url = await checkoutUrl(wix);
  for (
    const [field, value] of [
      ["email", ""],
      ["email", "nobody"],
      ["email", "a b@demo.example"],
      ["firstName", "  "],
      ["lastName", "x".repeat(101)],
      ["addressLine", ""],
      ["postalCode", ""],
      ["city", ""],
      ["country", "ZZ"],
    ] as const
  ) {
    const { status, text } = await new Browser().submit(url, {
      ...FILLED,
      [field]: value,
    });
    assertEquals(status, 400, `${field} ${value}`);
    assertEquals(
      [...text.matchAll(/id="(\w+)-problem"/g)].map(([, id]) => id),
      [
        field,
      ],
    );
  }
});

Deno.test("the checkout page shows typed markup as text", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const { text } = await new Browser().submit(await checkoutUrl(wix), {
    ...FILLED,
    city: '"><img src=x onerror=alert(1)>',
    email: "",
  });
  assert(!text.includes("<img"));
  assertStringIncludes(text, "&#60;img src=x");
});

Deno.test("the checkout page asks again when the total has changed", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const url = await checkoutUrl(wix);
  const browser = new Browser();
  const first = await browser.submit(url, { ...FILLED, total: "1" });
  assertEquals(first.status, 400);
  assertStringIncludes(first.text, "The total has changed");
  const total = /name="total" value="(\d+)"/.exec(first.text)?.[1] ?? "";
  const second = await browser.submit(url, { ...FILLED, total });
  assertEquals(second.status, 200);
  assertStringIncludes(second.text, "was placed");
});

Deno.test("the checkout page does not believe a total that it is sent", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const url = await checkoutUrl(wix);
  for (const total of ["0", "-1", "2216.0", "NaN", ""]) {
    const { status } = await new Browser().submit(url, { ...FILLED, total });
    assertEquals(status, 400, total);
  }
});

Deno.test("Update the total shows what delivery and country change", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const url = await checkoutUrl(wix);
  const { status, text } = await new Browser().submit(url, {
    ...FILLED,
    action: "update",
    shipping: "express",
    country: "GB",
  });
  assertEquals(status, 200);
  assertStringIncludes(text, "$54.20");
});

Deno.test("a login page does not open a checkout's session, nor the reverse", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const url = new URL(await checkoutUrl(wix));
  url.pathname = "/_pages/login";
  assertEquals((await new Browser().get(url.href)).status, 404);
  const { access: authorization } = await visitorTokens(wix);
  const { body } = await post(wix, "/headless/v1/redirect-session", {
    login: {},
  }, { authorization });
  const login = new URL(textAt(body, "redirectSession.fullUrl"));
  login.pathname = "/_pages/checkout";
  assertEquals((await new Browser().get(login.href)).status, 404);
});

Deno.test("checkouts and orders of before are gone after a reset", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const { access } = await memberTokens(wix);
  const url = await checkoutUrl(wix, access);
  const total = /name="total" value="(\d+)"/
    .exec((await new Browser().get(url)).text)?.[1] ?? "";
  await new Browser().submit(url, { ...FILLED, total });
  const count = async () => {
    const path = "/ecom/v1/orders/search";
    const { body } = await post(wix, path, {}, { authorization: access });
    return at(body, "metadata.count");
  };
  assertEquals(await count(), 48);
  wix.controls.reset();
  assertEquals(await count(), 47);
  assertEquals((await new Browser().get(url)).status, 404);
});

Deno.test("a cart, a checkout and its order outlive a restart", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const options = { port: 0, statePath: `${folder}/state.db` };
    const first = await startLocalWix(options);
    const { access } = await memberTokens(first);
    const url = new URL(await checkoutUrl(first, access));
    const headers = { authorization: access };
    const cart = "/ecom/v1/carts/current";
    await post(first, `${cart}/add-to-cart`, { lineItems: [MUG] }, headers);
    await first.close();
    const second = await startLocalWix(options);
    const browser = new Browser();
    const open = second.origin + url.pathname + url.search;
    const { text } = await browser.get(open);
    const total = /name="total" value="(\d+)"/.exec(text)?.[1] ?? "";
    assertEquals(
      (await browser.submit(open, { ...FILLED, total })).status,
      200,
    );
    await second.close();
    await using third = await startLocalWix(options);
    const kept = await get(third, cart, headers);
    assertEquals(at(kept.body, "cart.lineItems.length"), 1);
    const { body } = await post(third, "/ecom/v1/orders/search", {}, headers);
    assertEquals(at(body, "metadata.count"), 48);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

const FILLED = {
  email: "guest@demo.example",
  firstName: "Gast",
  lastName: "Müller",
  addressLine: "Wacholderweg 3",
  postalCode: "97201",
  city: "Portland",
  country: "US",
  action: "order",
};

/** The page of a checkout with a mug and a candle, without callbacks. */
async function checkoutUrl(wix: LocalWix, access?: string): Promise<string> {
  const authorization = access ?? (await visitorTokens(wix)).access;
  const send = async (path: string, body: unknown) =>
    (await post(wix, path, body, { authorization })).body;
  const made = await send("/ecom/v1/checkouts", {
    channelType: "WEB",
    lineItems: [MUG, CANDLE],
  });
  const session = await send("/headless/v1/redirect-session", {
    ecomCheckout: { checkoutId: textAt(made, "checkout.id") },
  });
  return textAt(session, "redirectSession.fullUrl");
}
