import { assertEquals, assertThrows } from "@std/assert";
import { apiUrl } from "../../src/wix/api_url.ts";

const elsewhere = [
  ["https://evil.com/oauth2/token", "https://www.wixapis.com.evil.com/x"],
  ["http://www.wixapis.com/x", "https://www.wixapis.com:8443/x"],
  ["https://user@evil.com/x", "https://user@www.wixapis.com/x"],
  ["https://www.wixapis.com", "https://localhost/x", "/members/v1/members/my"],
].flat();
for (const url of elsewhere) {
  Deno.test(`apiUrl() throws for ${url}, which is not Wix's`, () => {
    assertThrows(() => apiUrl(url, undefined), TypeError);
  });
}

const ORDERS = "https://www.wixapis.com/ecom/v1/orders/";

/** As the SDK does it for GET and DELETE, and for everything else. */
const withQuery = (id: string) =>
  apiUrl(`${ORDERS}${id}?${new URLSearchParams({ id })}`, undefined);
const withBody = (id: string) => {
  const body = JSON.stringify({ order: { id }, note: "" });
  return apiUrl(`${ORDERS}${id}/cancel`, body);
};

const hostileIds = [
  ["", ".", "..", "../../../members/v1/members/my", "%2e%2e", ".%2E"],
  ["..%2f..", "x%2fy", "..\\..", "x%5cy", "x/refund", "x//y", "/x", "x/"],
  ["x?y=z", "x/y?z", "?", "#", "x#y", "\t.\t.", "x\ny", "x%00", "100%"],
  ["%zz", "\ud800"],
].flat();
for (const id of hostileIds) {
  Deno.test(`apiUrl() refuses the id ${JSON.stringify(id)} (S20)`, () => {
    assertEquals(withQuery(id), undefined, "in GET");
    assertEquals(withBody(id), undefined, "in POST");
  });
}

Deno.test("apiUrl() refuses a slash escaped in JSON, and an id that loses a space", () => {
  const body = '{"id":"x\\u002frefund"}';
  assertEquals(apiUrl(`${ORDERS}x/refund/cancel`, body), undefined);
  assertEquals(apiUrl(`${ORDERS}x `, undefined), undefined);
});

const GUID = "00000000-0000-4000-8000-00000000000a";
const honestIds: [id: string, inPath: string][] = [
  [GUID, GUID],
  ["café", "caf%C3%A9"],
  ["שלום", "%D7%A9%D7%9C%D7%95%D7%9D"],
  ["two words", "two%20words"],
  ["two%20words", "two%20words"],
  ["a.b..c", "a.b..c"],
  ["a+b=c&d;e,f:g@h!i~j", "a+b=c&d;e,f:g@h!i~j"],
  ['"<x>"', "%22%3Cx%3E%22"],
];
for (const [id, inPath] of honestIds) {
  Deno.test(`apiUrl() accepts the id ${id}`, () => {
    const path = `/ecom/v1/orders/${inPath}`;
    assertEquals(withQuery(id)?.pathname, path);
    assertEquals(withBody(id)?.pathname, `${path}/cancel`);
  });
}

Deno.test("apiUrl() accepts any characters in values, and bodies other than JSON", () => {
  const query = new URLSearchParams({ url: "https://x.example/a?b#c" });
  const body = JSON.stringify({ path: "/a/../b?c#d", text: "or/and" });
  assertEquals(apiUrl(`${ORDERS}x?${query}`, undefined)?.search, `?${query}`);
  assertEquals(apiUrl(`${ORDERS}x?a=1#b`, undefined)?.search, "?a=1");
  for (const sent of [body, "{/", new Blob()]) {
    assertEquals(apiUrl(`${ORDERS}x`, sent)?.pathname, "/ecom/v1/orders/x");
  }
});
