import { assertEquals } from "@std/assert";
import { readCookies } from "../../src/http/cookies.ts";

const headers: [header: string, cookies: Record<string, string>][] = [
  ["a=1; b=2", { a: "1", b: "2" }],
  ["a=1;", { a: "1" }],
  ["a=1;; b=2", { a: "1", b: "2" }],
  ["=x; a=1", { a: "1" }],
  ["a=b=c", { a: "b=c" }],
  ["a=first; a=last", { a: "last" }],
  ["", {}],
  [";", {}],
  ["=x", {}],
  [" ; = ; ", {}],
];
for (const [header, cookies] of headers) {
  Deno.test(`readCookies() reads ${JSON.stringify(header)}`, () => {
    const read = readCookies(header);
    assertEquals({ ...read }, cookies);
  });
}
