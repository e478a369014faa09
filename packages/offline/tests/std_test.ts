/** `@std/assert` and `@std/http/cookie`. */
import {
  assert,
  assertEquals,
  assertExists,
  assertInstanceOf,
  AssertionError,
  assertMatch,
  assertNotEquals,
  assertRejects,
  assertStrictEquals,
  assertStringIncludes,
  assertThrows,
  equal,
} from "@std/assert";
import { deleteCookie, getCookies } from "@std/http/cookie";
import { type Cookie, getSetCookies, setCookie } from "@std/http/cookie";

/** Fails without the help of an assertion. */
function check(ok: boolean, what = ""): void {
  if (!ok) throw new Error(`not as expected: ${what}`);
}

const boom = () => {
  throw new TypeError("hello");
};
const rejected = () => Promise.reject(new TypeError("hello"));

/** Assertions that fail, and what they say. */
const FAILING: [() => unknown, string | RegExp][] = [
  [() => assert(0), /^$/],
  [() => assert(0, "m"), /^m$/],
  [
    () => assertEquals({ a: 1 }, { a: 2 }),
    /^Values are not equal\..*\[Diff\]/s,
  ],
  [() => assertNotEquals([1], [1]), ""],
  [() => assertStrictEquals(0, -0), ""],
  [() => assertStrictEquals({}, {}), ""],
  [() => assertExists(null), ""],
  [() => assertExists(undefined), ""],
  [() => assertInstanceOf({}, Date), "Date"],
  [() => assertMatch("abc", /x/), `to match: "/x/"`],
  [() => assertStringIncludes("abc", "z", "own"), /to contain: "z".*: own$/s],
  [() => assertThrows(() => {}), ""],
  [() => assertThrows(boom, RangeError), ""],
  [() => assertThrows(boom, TypeError, "zzz"), ""],
  [() => assertRejects(() => Promise.resolve()), ""],
  [() => assertRejects(rejected, RangeError), ""],
  [() => assertRejects(rejected, TypeError, "zzz"), ""],
];
for (const [act, says] of FAILING) {
  Deno.test(`T ${act} fails`, async () => {
    const error = await Promise.resolve().then(act).then(
      () => undefined,
      (error: unknown) => error,
    );
    if (!(error instanceof AssertionError)) throw new Error(`${error}`);
    const { message } = error;
    const isSaid = typeof says === "string"
      ? message.includes(says)
      : says.test(message);
    check(isSaid, message);
  });
}

Deno.test("T9 T10 assertions return what was thrown", async () => {
  check(assertThrows(boom) instanceof TypeError);
  check(assertThrows(boom, TypeError, "hell").message === "hello");
  const error = await assertRejects(rejected, TypeError, "hell");
  check(error.message === "hello");
});

class Point {}
const PAIRS: [unknown, unknown, boolean][] = [
  [NaN, NaN, true],
  [0, -0, true],
  [{ a: 1, b: [2] }, { b: [2], a: 1 }, true],
  [new Map([[1, 2], [3, 4]]), new Map([[3, 4], [1, 2]]), true],
  [new Set([1]), new Set([1]), true],
  [new Date(0), new Date(0), true],
  [new Headers({ a: "1" }), new Headers({ a: "1" }), true],
  [Object.create(null), {}, true],
  [{ a: undefined }, {}, false],
  [new Point(), {}, false],
  [[1, 2], [2, 1], false],
  ["1", 1, false],
  [new Date(0), new Date(1), false],
  [() => 1, () => 1, false],
];
for (const [a, b, same] of PAIRS) {
  const verb = same ? "equals" : "differs from";
  Deno.test(`T5 ${Deno.inspect(a)} ${verb} ${Deno.inspect(b)}`, () => {
    check(equal(a, b) === same);
  });
}

/** The `Set-Cookie` value of a cookie. */
function line(cookie: Partial<Cookie>): string | null {
  const headers = new Headers();
  setCookie(headers, { name: "a", value: "", ...cookie });
  return headers.get("set-cookie");
}

const HEADERS: [header: string, cookies: Record<string, string>][] = [
  ["a=1; b=2=3; c", { a: "1", b: "2=3", c: "" }],
  [`a=%20; b="q"`, { a: "%20", b: `"q"` }],
  ["a=1; a=2", { a: "2" }],
  ["a=1; =b", { a: "1", "": "b" }],
  ["__proto__=1", { ["__proto__"]: "1" }],
];
for (const [cookie, cookies] of HEADERS) {
  Deno.test(`R2 getCookies reads ${cookie}`, () => {
    const found = getCookies(new Headers({ cookie }));
    assertEquals(found, Object.assign(Object.create(null), cookies));
    assertEquals(Object.getPrototypeOf(found), null);
  });
}

Deno.test("R3 getCookies throws on an empty name at the start or end", () => {
  assertEquals(getCookies(new Headers()), {});
  for (const cookie of ["", "=x", ";", "a=1;", "a=1;; b=2"]) {
    const read = () => getCookies(new Headers({ cookie }));
    assertThrows(read, SyntaxError, "cannot start with '='");
  }
});

const COOKIE: Cookie = {
  name: "n",
  value: "1=2",
  expires: new Date(1000),
  maxAge: 1,
  domain: "example.com",
  path: "/",
  secure: true,
  httpOnly: true,
  sameSite: "Lax",
};

Deno.test("R4 R12 setCookie appends every attribute, and getSetCookies reads it", () => {
  const headers = new Headers();
  setCookie(headers, COOKIE);
  setCookie(headers, { name: "a", value: "" });
  setCookie(headers, { name: "", value: "x" });
  assertEquals(getSetCookies(headers), [COOKIE, { name: "a", value: "" }]);
  const [first, ...attributes] = line({ ...COOKIE, partitioned: true })
    ?.split("; ") ?? [];
  assertEquals(first, "n=1=2");
  // Their order means nothing, so the stub has its own.
  assertEquals(attributes.sort(), [
    "Domain=example.com",
    "Expires=Thu, 01 Jan 1970 00:00:01 GMT",
    "HttpOnly",
    "Max-Age=1",
    "Partitioned",
    "Path=/",
    "SameSite=Lax",
    "Secure",
  ]);
  assertEquals(line({ value: "{}=:/?%", maxAge: 0 }), "a={}=:/?%; Max-Age=0");
  assertEquals(line({ domain: "", path: "" }), "a=");
});

const BAD: [Partial<Cookie>[], says: string][] = [
  [["a b", "a;b", "a=b", "a\n", "ä"].map((name) => ({ name })), "name"],
  [
    [" ", '"', ",", ";", "\\", "\x00", "\x7f", "ü"]
      .map((char) => ({ value: `x${char}y` })),
    "cookie",
  ],
  [[{ maxAge: -1 }], "Max-Age must be >= 0"],
  [["-a.com", "a.com.", "a.com-"].map((domain) => ({ domain })), "domain"],
  [[{ path: "/a;b" }], "path"],
];
for (const [cookies, says] of BAD) {
  Deno.test(`R5 R6 R7 R8 setCookie refuses a bad ${says}`, () => {
    for (const cookie of cookies) {
      assertThrows(() => line(cookie), Error, says);
    }
  });
}

Deno.test("R11 deleteCookie writes an expired cookie", () => {
  const headers = new Headers();
  deleteCookie(headers, "__Host-a", { path: "/", secure: true });
  assertEquals(getSetCookies(headers), [{
    name: "__Host-a",
    value: "",
    path: "/",
    secure: true,
    expires: new Date(0),
  }]);
});
