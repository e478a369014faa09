import { assertEquals, assertThrows } from "@std/assert";
import { getSetCookies } from "@std/http/cookie";
import { readCookies, RequestCookieJar } from "../../src/http/cookies.ts";
import { createFlashes } from "../../src/http/flash.ts";
import { getRecord } from "../../src/request_record.ts";

const flashes = createFlashes({ secureCookies: false });

/** A request with this `Cookie` header, and the jar of its response. */
function contextWith(cookie = "") {
  const ctx = { req: new Request("http://localhost/") };
  const jar = getRecord(ctx).jar = new RequestCookieJar(readCookies(cookie));
  return { ctx, jar };
}

for (const secureCookies of [true, false]) {
  Deno.test(`a flash is a short-lived ${secureCookies ? "secure" : "plain"} cookie that no script can read`, () => {
    const { ctx, jar } = contextWith();
    createFlashes({ secureCookies }).set(ctx, "saved");
    assertEquals(getSetCookies(jar.outgoing), [{
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

Deno.test("a flash is taken once", () => {
  const { ctx, jar } = contextWith("flash=saved");
  assertEquals(flashes.take(ctx), "saved");
  const [ended] = getSetCookies(jar.outgoing);
  assertEquals([ended?.name, ended?.value], ["flash", ""]);
});

Deno.test("without a flash there is nothing to take", () => {
  const { ctx, jar } = contextWith();
  assertEquals(flashes.take(ctx), undefined);
  assertEquals([...jar.outgoing], []);
});

for (const forged of ["<b>", "", "a".repeat(41)]) {
  Deno.test(`a forged flash ${JSON.stringify(forged)} is dropped`, () => {
    const { ctx, jar } = contextWith(`flash=${forged}`);
    assertEquals(flashes.take(ctx), undefined);
    assertEquals(getSetCookies(jar.outgoing).length, 1);
  });
}

Deno.test("a flash with other characters is a mistake", () => {
  assertThrows(() => flashes.set(contextWith().ctx, "a b"), RangeError);
});
