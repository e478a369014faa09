import { assertEquals } from "@std/assert";
import { setCookie } from "@std/http/cookie";
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

const scopes: [secureCookies: boolean, line: string][] = [
  [true, "__Host-a=1; Secure; HttpOnly; SameSite=Lax; Path=/"],
  [false, "a=1; HttpOnly; SameSite=Lax; Path=/"],
];
for (const [secureCookies, line] of scopes) {
  Deno.test(`cookieScope(${secureCookies}) sets ${line}`, () => {
    const { attributes, prefix } = cookieScope(secureCookies);
    const headers = new Headers();
    setCookie(headers, { ...attributes, name: `${prefix}a`, value: "1" });
    const [set = ""] = headers.getSetCookie();
    assertEquals(set.split("; ").sort(), line.split("; ").sort());
  });
}
