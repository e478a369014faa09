import { assertEquals } from "@std/assert";
import { getSetCookies } from "@std/http/cookie";
import { readCookies, RequestCookieJar } from "../../src/http/cookies.ts";
import { createFlashes } from "../../src/http/flash.ts";

const jarWith = (cookie = "") => new RequestCookieJar(readCookies(cookie));

Deno.test("a flash is a short-lived cookie that no script can read", () => {
  for (
    const [local, name] of [[true, "flash"], [false, "__Host-flash"]] as const
  ) {
    const jar = jarWith();
    createFlashes(local).set(jar, "saved");
    const [cookie] = getSetCookies(jar.outgoing);
    assertEquals(cookie, {
      name,
      value: "saved",
      path: "/",
      httpOnly: true,
      sameSite: "Lax",
      maxAge: 60,
      ...(!local && { secure: true }),
    });
  }
});

Deno.test("a flash is taken once", () => {
  const jar = jarWith("flash=saved");
  assertEquals(createFlashes(true).take(jar), "saved");
  const [ended] = getSetCookies(jar.outgoing);
  assertEquals([ended?.name, ended?.value], ["flash", ""]);
});

Deno.test("a flash that is not there, or that nobody knows, says nothing", () => {
  const none = jarWith();
  assertEquals(createFlashes(true).take(none), undefined);
  assertEquals([...none.outgoing], []);
  for (const made of ["<b>", "toString", "", "SAVED"]) {
    const jar = jarWith(`flash=${made}`);
    assertEquals(createFlashes(true).take(jar), undefined);
    assertEquals(getSetCookies(jar.outgoing).length, 1);
  }
});
