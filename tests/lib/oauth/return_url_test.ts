import { assertEquals } from "@std/assert";
import {
  absoluteReturnUrl,
  HOME,
  requestedReturnUrl,
  safeReturnUrl,
} from "@/lib/oauth/return_url.ts";

const APP = "https://app.example";

const hostile: [id: string, value: string][] = [
  ["R1", "//evil.com"],
  ["R2", "///evil.com"],
  ["R4", "/\\evil.com"],
  ["R5", "\\/evil.com"],
  ["R5", "\\\\evil.com"],
  ["R6", "/\t/evil.com"],
  ["R8", "/\r\n/evil.com"],
  ["R9", "\t//evil.com"],
  ["R9", " //evil.com"],
  ["R9", "\0//evil.com"],
  ["R10", "/.//evil.com"],
  ["R12", "/x/..///evil.com"],
  ["R13", "/%2e///evil.com"],
  ["R14", "https://app.example//evil.com"],
  ["R14", "https://app.example///evil.com"],
  ["R16", "https://app.example.evil.com"],
  ["R17", "https://app.example:443@evil.com/"],
  ["R18", "https://app.example:8443/"],
  ["R20", "https://evil.com\\@app.example"],
  ["R21", "//app.example@evil.com"],
  ["R22", "https:///evil.com"],
  ["R24", "http:evil.com"],
  ["R25", "javascript:alert(1)"],
  ["R26", "JaVa\nScRiPt:alert(1)"],
  ["R28", "vbscript:x"],
  ["R28", "file:///etc/passwd"],
  ["R28", "ftp://evil.com"],
  ["R29", "blob:https://app.example/x"],
  ["R30", "//evil。com"],
  ["R30", "//ｅvil.com"],
  ["R32", "//evil%00.com"],
  ["R33", "/%2f/evil.com"],
  ["R33", "/%2f%2fevil.com"],
  ["R34", "/%5cevil.com"],
  ["R36", "/ok\r\nSet-Cookie: a=b"],
  ["R37", "/ok%0d%0aSet-Cookie:a=b"],
  ["R40", ""],
  ["R40", "#f"],
  ["R40", "?x=1"],
  ["R40", "."],
  ["R40", ".."],
  ["R41", "/api/auth/login"],
  ["R41", "/api/auth/callback?code=x"],
  ["R41", "/%61pi/auth/logout"],
  ["R42", "/api/wix/anything"],
  ["R44", "/%zz"],
  ["R44", "/\ud800"],
  ["R44", `/${"%25".repeat(3_000)}`],
  ["R44", `/?q=${"中".repeat(500)}`],
];
for (const [id, value] of hostile) {
  const shown = JSON.stringify(value).slice(0, 60);
  for (
    const [times, encoded] of [
      ["raw", value],
      ["encoded once more", encode(value)],
    ] as const
  ) {
    Deno.test(`safeReturnUrl() sends ${id} ${shown}, ${times}, home`, () => {
      assertEquals(safeReturnUrl(encoded, APP), HOME);
    });
  }
}

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
    assertEquals(absoluteReturnUrl(path, APP), APP + path);
  });
}

Deno.test("safeReturnUrl() takes no value that is given twice (R45)", () => {
  assertEquals(safeReturnUrl(["/a", "//evil.com"], APP), HOME);
  assertEquals(safeReturnUrl(["/a", "/a"], APP), HOME);
  assertEquals(safeReturnUrl([], APP), HOME);
});

Deno.test("absoluteReturnUrl() judges again what it is given", () => {
  assertEquals(absoluteReturnUrl("//evil.com", APP), `${APP}/`);
});

const requests: [query: string, referer: string | null, path: string][] = [
  ["returnToUrl=/a", null, "/a"],
  ["returnUrl=/a", null, "/a"],
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
    assertEquals(
      requestedReturnUrl(params, { appOrigin: APP, referer }),
      path,
    );
  });
}

function encode(value: string): string {
  return value.isWellFormed() ? encodeURIComponent(value) : value;
}
