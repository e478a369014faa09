import { assertEquals } from "@std/assert";
import {
  HOME,
  requestedReturnUrl,
  safeReturnUrl,
} from "../../src/oauth/return_url.ts";
import { redirectRows } from "../../attacks/helpers/redirect_rows.ts";

const APP = "https://app.example";

for (const { id, value, leadsTo } of redirectRows(APP)) {
  if (leadsTo !== HOME) continue;
  const shown = JSON.stringify(value).slice(0, 60);
  Deno.test(`safeReturnUrl() replaces ${id} ${shown} with the home page`, () => {
    assertEquals(safeReturnUrl(value, APP), HOME);
  });
}

Deno.test("safeReturnUrl() replaces values that are too long when encoded (R44)", () => {
  assertEquals(safeReturnUrl(`/?q=${"中".repeat(500)}`, APP), HOME);
  assertEquals(safeReturnUrl(`/?q=${"x".repeat(1_020)}`, APP).length, 1_024);
  assertEquals(safeReturnUrl(`/?q=${"x".repeat(1_021)}`, APP), HOME);
});

const kept: [value: string, path: string][] = [
  ["/account/orders?cursor=x", "/account/orders?cursor=x"],
  ["https://app.example/members", "/members"],
  ["/a?next=//evil.com#//evil.com", "/a?next=//evil.com#//evil.com"],
  ["/café", "/caf%C3%A9"],
  ["/a:b", "/a:b"],
  ["/a/../b", "/b"],
  ["/", "/"],
];
for (const [value, path] of kept) {
  Deno.test(`safeReturnUrl() keeps ${value} (R46)`, () => {
    assertEquals(safeReturnUrl(value, APP), path);
  });
}

Deno.test("safeReturnUrl() rejects a value that is given twice (R45)", () => {
  assertEquals(safeReturnUrl(["/a", "//evil.com"], APP), HOME);
  assertEquals(safeReturnUrl(["/a", "/a"], APP), HOME);
  assertEquals(safeReturnUrl([], APP), HOME);
});

const requests: [query: string, referer: string | null, path: string][] = [
  ["returnToUrl=/a", null, "/a"],
  ["returnUrl=/a", `${APP}/b`, "/a"],
  ["returnToUrl=/a&returnUrl=/b", null, "/a"],
  ["returnToUrl=//evil.com&returnUrl=/b", null, HOME],
  ["returnToUrl[]=/a", null, HOME],
  ["", `${APP}/members?x=1`, "/members?x=1"],
  ["", `${APP}.evil.com/members`, HOME],
  ["", "https://evil.com/", HOME],
  ["", null, HOME],
];
for (const [query, referer, path] of requests) {
  Deno.test(`requestedReturnUrl() of ?${query} from ${referer} is ${path}`, () => {
    const params = new URLSearchParams(query);
    const url = requestedReturnUrl(params, { appOrigin: APP, referer });
    assertEquals(url, path);
  });
}
