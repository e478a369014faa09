import { assertEquals, assertThrows } from "@std/assert";
import { apiUrl } from "../../src/wix/api_url.ts";

const elsewhere = [
  "https://evil.com/oauth2/token",
  "http://www.wixapis.com/x",
  "https://www.wixapis.com.evil.com/x",
  "https://www.wixapis.com:8443/x",
  "https://www.wixapis.com",
  "https://user@evil.com/x",
  "https://user@www.wixapis.com/x",
  "https://localhost/x",
  "/members/v1/members/my",
];
for (const url of elsewhere) {
  Deno.test(`apiUrl() throws for ${url}, which is not Wix's`, () => {
    assertThrows(() => apiUrl(url, undefined), TypeError);
  });
}

Deno.test("apiUrl() leaves a fragment out", () => {
  const url = apiUrl("https://www.wixapis.com/x?a=1#b", undefined);
  assertEquals(url?.search, "?a=1");
});

const ORDERS = "https://www.wixapis.com/ecom/v1/orders/";

/** As the SDK does it for GET and DELETE. */
const withQuery = (id: string): [url: string, body: unknown] => [
  `${ORDERS}${id}?${new URLSearchParams({ id })}`,
  undefined,
];
/** As the SDK does it for everything else. */
const withBody = (id: string): [url: string, body: unknown] => [
  `${ORDERS}${id}/cancel`,
  JSON.stringify({ order: { id }, note: "" }),
];

const hostileIds = [
  "",
  ".",
  "..",
  "../../../members/v1/members/my",
  "%2e%2e",
  ".%2E",
  "..%2f..",
  "x%2fy",
  "..\\..",
  "x%5cy",
  "x/refund",
  "x//y",
  "/x",
  "x/",
  "x?y=z",
  "x/y?z",
  "?",
  "#",
  "x#y",
  "\t.\t.",
  "x\ny",
  "x%00",
  "100%",
  "%zz",
  "\ud800",
];
for (const id of hostileIds) {
  Deno.test(`apiUrl() refuses the id ${JSON.stringify(id)}`, () => {
    assertEquals(apiUrl(...withQuery(id)), undefined, "in GET");
    assertEquals(apiUrl(...withBody(id)), undefined, "in POST");
  });
}

Deno.test("apiUrl() refuses a slash that JSON has as an escape", () => {
  const body = '{"id":"x\\u002frefund"}';
  assertEquals(apiUrl(`${ORDERS}x/refund/cancel`, body), undefined);
});

Deno.test("apiUrl() refuses an id that loses a space at the end", () => {
  assertEquals(apiUrl(`${ORDERS}x `, undefined), undefined);
});

const honestIds: [id: string, inPath: string][] = [
  [
    "00000000-0000-4000-8000-00000000000a",
    "00000000-0000-4000-8000-00000000000a",
  ],
  ["café", "caf%C3%A9"],
  ["שלום", "%D7%A9%D7%9C%D7%95%D7%9D"],
  ["two words", "two%20words"],
  ["two%20words", "two%20words"],
  ["a.b..c", "a.b..c"],
  ["a+b=c&d;e,f:g@h!i~j", "a+b=c&d;e,f:g@h!i~j"],
  ['"<x>"', "%22%3Cx%3E%22"],
];
for (const [id, inPath] of honestIds) {
  Deno.test(`apiUrl() takes the id ${id}`, () => {
    assertEquals(
      apiUrl(...withQuery(id))?.pathname,
      `/ecom/v1/orders/${inPath}`,
    );
    assertEquals(
      apiUrl(...withBody(id))?.pathname,
      `/ecom/v1/orders/${inPath}/cancel`,
    );
  });
}

Deno.test("apiUrl() lets values hold what ids may not", () => {
  const query = new URLSearchParams({ url: "https://x.example/a?b#c" });
  const body = JSON.stringify({ path: "/a/../b?c#d", text: "or/and" });
  assertEquals(apiUrl(`${ORDERS}x?${query}`, undefined)?.search, `?${query}`);
  assertEquals(apiUrl(`${ORDERS}x`, body)?.pathname, "/ecom/v1/orders/x");
});

Deno.test("apiUrl() does not stumble over a body that is not JSON", () => {
  assertEquals(apiUrl(`${ORDERS}x`, "{")?.pathname, "/ecom/v1/orders/x");
  assertEquals(apiUrl(`${ORDERS}x`, new Blob())?.pathname, "/ecom/v1/orders/x");
});
