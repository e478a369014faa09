import { assertEquals, assertThrows } from "@std/assert";
import {
  type Cookie,
  deleteCookie,
  getCookies,
  getSetCookies,
  setCookie,
} from "@std/http/cookie";

/** The `Set-Cookie` value of a cookie. */
function line(cookie: Cookie): string | null {
  const headers = new Headers();
  setCookie(headers, cookie);
  return headers.get("set-cookie");
}

/** The cookies of a `Cookie` header. */
function cookies(cookie: string): ReturnType<typeof getCookies> {
  return getCookies(new Headers({ cookie }));
}

Deno.test("R2 getCookies trims names and leaves values alone", () => {
  assertEquals(cookies("a=1; b=2=3; c"), { a: "1", b: "2=3", c: "" });
  assertEquals(cookies(`a=%20; b="q"`), { a: "%20", b: `"q"` });
  assertEquals(cookies("a=1; a=2"), { a: "2" });
  assertEquals(cookies("a=1; =b"), { a: "1", "": "b" });
  assertEquals(getCookies(new Headers()), {});
});

Deno.test("R2 getCookies returns an object without prototype", () => {
  assertEquals(Object.getPrototypeOf(cookies("a=1")), null);
  assertEquals(cookies("__proto__=1")["__proto__"], "1");
});

Deno.test("R3 getCookies throws on an empty name at the start or end", () => {
  for (const header of ["", "=x", ";", "a=1;", "a=1;; b=2"]) {
    assertThrows(() => cookies(header), SyntaxError, "cannot start with '='");
  }
});

Deno.test("R4 setCookie writes every attribute", () => {
  const cookie: Cookie = {
    name: "n",
    value: "v",
    expires: new Date(0),
    maxAge: 1,
    domain: "example.com",
    path: "/",
    secure: true,
    httpOnly: true,
    partitioned: true,
    sameSite: "Lax",
  };
  const [first, ...attributes] = line(cookie)?.split("; ") ?? [];
  assertEquals(first, "n=v");
  // Their order means nothing, so the stub has its own.
  assertEquals(attributes.sort(), [
    "Domain=example.com",
    "Expires=Thu, 01 Jan 1970 00:00:00 GMT",
    "HttpOnly",
    "Max-Age=1",
    "Partitioned",
    "Path=/",
    "SameSite=Lax",
    "Secure",
  ]);
});

Deno.test("R4 setCookie appends, and needs a name but no value", () => {
  const headers = new Headers();
  setCookie(headers, { name: "a", value: "" });
  setCookie(headers, { name: "b", value: "2" });
  setCookie(headers, { name: "", value: "x" });
  assertEquals(headers.getSetCookie(), ["a=", "b=2"]);
});

Deno.test("R5 setCookie refuses names that are no tokens", () => {
  for (const name of ["a b", "a;b", "a=b", "a\n", "ä"]) {
    assertThrows(() => line({ name, value: "" }), Error, "name");
  }
});

Deno.test("R6 setCookie refuses values that need quoting", () => {
  for (const char of [" ", '"', ",", ";", "\\", "\x00", "\x7f", "ü"]) {
    assertThrows(
      () => line({ name: "a", value: `x${char}y` }),
      Error,
      "cookie",
    );
  }
  assertEquals(line({ name: "a", value: "{}=:/?%" }), "a={}=:/?%");
});

Deno.test("R7 setCookie refuses a negative Max-Age", () => {
  assertEquals(line({ name: "a", value: "", maxAge: 0 }), "a=; Max-Age=0");
  assertThrows(
    () => line({ name: "a", value: "", maxAge: -1 }),
    RangeError,
    "Max-Age must be >= 0",
  );
});

Deno.test("R8 setCookie checks domain and path", () => {
  for (const domain of ["-a.com", "a.com.", "a.com-"]) {
    assertThrows(() => line({ name: "a", value: "", domain }), Error, "domain");
  }
  assertThrows(
    () => line({ name: "a", value: "", path: "/a;b" }),
    Error,
    "path",
  );
  assertEquals(line({ name: "a", value: "", domain: "", path: "" }), "a=");
});

Deno.test("R11 deleteCookie writes an expired cookie", () => {
  const headers = new Headers();
  deleteCookie(headers, "__Host-a", { path: "/", secure: true });
  const [cookie] = getSetCookies(headers);
  assertEquals(cookie, {
    name: "__Host-a",
    value: "",
    path: "/",
    secure: true,
    expires: new Date(0),
  });
});

Deno.test("R12 getSetCookies reads what setCookie wrote", () => {
  const headers = new Headers();
  const cookie: Cookie = {
    name: "a",
    value: "1=2",
    maxAge: 5,
    domain: "example.com",
    path: "/x",
    secure: true,
    httpOnly: true,
    sameSite: "Lax",
    expires: new Date(1000),
  };
  setCookie(headers, cookie);
  assertEquals(getSetCookies(headers), [cookie]);
});
