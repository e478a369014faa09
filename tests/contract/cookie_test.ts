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

Deno.test("R4 setCookie writes attributes in this order", () => {
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
    unparsed: ["Priority=High"],
  };
  assertEquals(
    line(cookie),
    "n=v; Secure; HttpOnly; Partitioned; Max-Age=1; Domain=example.com; " +
      "SameSite=Lax; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; " +
      "Priority=High",
  );
});

Deno.test("R4 setCookie appends, and needs a name but no value", () => {
  const headers = new Headers();
  setCookie(headers, { name: "a", value: "" });
  setCookie(headers, { name: "b", value: "2" });
  setCookie(headers, { name: "", value: "x" });
  assertEquals(headers.getSetCookie(), ["a=", "b=2"]);
});

Deno.test("R5 setCookie refuses names that are no tokens", () => {
  for (const name of ["a b", "a;b", "a=b", "a\n", "a(b", "ä"]) {
    assertThrows(
      () => line({ name, value: "" }),
      SyntaxError,
      `Invalid cookie name: "${name}"`,
    );
  }
});

Deno.test("R6 setCookie refuses values that need quoting", () => {
  for (const char of [" ", '"', ",", ";", "\\", "\x00", "\x7f"]) {
    const message = `RFC2616 cookie 'a' cannot contain character '${char}'`;
    const act = () => line({ name: "a", value: `x${char}y` });
    assertThrows(act, SyntaxError, message);
  }
  assertThrows(
    () => line({ name: "a", value: "ü" }),
    SyntaxError,
    "can only have US-ASCII chars as value: It contains 0xfc",
  );
  assertEquals(line({ name: "a", value: "{}=:/?%" }), "a={}=:/?%");
});

Deno.test("R7 setCookie prints Max-Age if it is a whole number", () => {
  assertEquals(line({ name: "a", value: "", maxAge: 0 }), "a=; Max-Age=0");
  assertEquals(line({ name: "a", value: "", maxAge: 1.5 }), "a=");
  assertThrows(
    () => line({ name: "a", value: "", maxAge: -1 }),
    RangeError,
    "Max-Age must be >= 0: received -1",
  );
});

Deno.test("R8 setCookie checks domain and path", () => {
  for (const domain of ["-a.com", "a.com.", "a.com-"]) {
    const act = () => line({ name: "a", value: "", domain });
    assertThrows(act, SyntaxError, "Invalid first/last char in cookie domain");
  }
  const act = () => line({ name: "a", value: "", path: "/a;b" });
  assertThrows(
    act,
    SyntaxError,
    `Cookie path "/a;b" contains invalid character: ";"`,
  );
  assertEquals(line({ name: "a", value: "", domain: "", path: "" }), "a=");
});

Deno.test("R9 setCookie takes a date or milliseconds", () => {
  const expires = "a=; Expires=Thu, 01 Jan 1970 00:00:01 GMT";
  assertEquals(line({ name: "a", value: "", expires: 1000 }), expires);
  assertEquals(line({ name: "a", value: "", expires: 0 }), "a=");
});

Deno.test("R10 prefixed names force their attributes", () => {
  assertEquals(line({ name: "__Secure-a", value: "" }), "__Secure-a=; Secure");
  const domain = "example.com";
  assertEquals(
    line({ name: "__Host-a", value: "", path: "/x", domain }),
    "__Host-a=; Secure; Path=/",
  );
});

Deno.test("R11 deleteCookie writes an expired cookie", () => {
  const headers = new Headers();
  deleteCookie(headers, "__Host-a", { httpOnly: true });
  assertEquals(
    headers.get("set-cookie"),
    "__Host-a=; Secure; HttpOnly; Path=/; " +
      "Expires=Thu, 01 Jan 1970 00:00:00 GMT",
  );
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
