import { assertEquals } from "@std/assert";
import { cookieScope, readCookies } from "../../src/http/cookies.ts";

const headers: [header: string, cookies: Record<string, string>][] = [
  ["a=1;", { a: "1" }],
  ["a=1;; b=2", { a: "1", b: "2" }],
  ["=x; a=1", { a: "1" }],
  ["nameless; a=1", { a: "1" }],
  ["a=b=c", { a: "b=c" }],
  ["a=first; a=last", { a: "last" }],
  ["\ta=1", { a: "1" }],
  // Browsers give this name no guarantee of `__Host-`.
  ["\u00a0__Host-a=1", { "\u00a0__Host-a": "1" }],
  ["", {}],
  [" ; = ; ", {}],
];
for (const [header, cookies] of headers) {
  Deno.test(`readCookies() reads ${JSON.stringify(header)}`, () => {
    assertEquals({ ...readCookies(header) }, cookies);
  });
}

for (const secureCookies of [true, false]) {
  Deno.test(`the app's own cookies are ${secureCookies ? "secure" : "plain"}, and no script can read them`, () => {
    assertEquals(cookieScope(secureCookies), {
      prefix: secureCookies ? "__Host-" : "",
      attributes: {
        path: "/",
        httpOnly: true,
        secure: secureCookies,
        sameSite: "Lax",
      },
    });
  });
}
