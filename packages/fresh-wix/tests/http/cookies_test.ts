import { assertEquals, assertThrows } from "@std/assert";
import { getSetCookies } from "@std/http/cookie";
import { readCookies } from "../../src/http/cookies.ts";
import { createFlashes } from "../../src/http/flash.ts";
import { getRecord } from "../../src/request_record.ts";

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

const flashes = createFlashes({ secureCookies: false });

/** A request with this `Cookie` header, and what its response sets. */
function contextWith(cookie = "") {
  const req = new Request("http://localhost/", { headers: { cookie } });
  const { jar } = getRecord({ req });
  return { ctx: { req }, set: () => getSetCookies(jar.outgoing) };
}

for (const secureCookies of [true, false]) {
  Deno.test(`a flash is a short-lived ${secureCookies ? "secure" : "plain"} cookie that no script can read`, () => {
    const { ctx, set } = contextWith();
    createFlashes({ secureCookies }).set(ctx, "saved");
    assertEquals(set(), [{
      name: secureCookies ? "__Host-flash" : "flash",
      value: "saved",
      path: "/",
      httpOnly: true,
      sameSite: "Lax",
      maxAge: 60,
      ...(secureCookies && { secure: true }),
    }]);
  });
}

const taken: [cookie: string, flash: string | undefined, expired: number][] = [
  ["flash=saved", "saved", 1],
  ["", undefined, 0],
  ["flash=<b>", undefined, 1],
  ["flash=", undefined, 1],
  [`flash=${"a".repeat(41)}`, undefined, 1],
];
for (const [cookie, flash, expired] of taken) {
  Deno.test(`a flash in "${cookie.slice(0, 20)}" is ${flash}, once`, () => {
    const { ctx, set } = contextWith(cookie);
    assertEquals(flashes.take(ctx), flash);
    const names = set().map(({ name, value }) => name + value);
    assertEquals(names, Array(expired).fill("flash"));
  });
}

Deno.test("a flash with other characters is a mistake", () => {
  assertThrows(() => flashes.set(contextWith().ctx, "a b"), RangeError);
});
