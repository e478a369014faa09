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
import {
  type Cookie,
  getCookies,
  getSetCookies,
  setCookie,
} from "@std/http/cookie";

/** Fails without the help of an assertion. */
function check(ok: boolean, what = ""): void {
  if (!ok) throw new Error(`not as expected: ${what}`);
}

const boom = () => {
  throw new TypeError("hello");
};
const rejected = () => Promise.reject(new TypeError("hello"));

/** Assertions that fail, and what they say. */
const FAILING: [act: () => unknown, says: RegExp][] = [
  [() => assert(0, "m"), /^m$/],
  [
    () => assertEquals({ a: 1 }, { a: 2 }),
    /^Values are not equal\..*\[Diff\]/s,
  ],
  [() => assertNotEquals([1], [1]), /./],
  [() => assertStrictEquals(0, -0), /./],
  [() => assertStrictEquals({}, {}), /./],
  [() => assertExists(null), /./],
  [() => assertExists(undefined), /./],
  [() => assertInstanceOf({}, Date), /Date/],
  [() => assertMatch("abc", /x/), /to match: "\/x\/"/],
  [() => assertStringIncludes("abc", "z", "own"), /to contain: "z".*: own$/s],
  [() => assertThrows(() => {}), /./],
  [() => assertThrows(boom, RangeError), /./],
  [() => assertThrows(boom, TypeError, "zzz"), /./],
  [() => assertRejects(() => Promise.resolve()), /./],
  [() => assertRejects(rejected, RangeError), /./],
  [() => assertRejects(rejected, TypeError, "zzz"), /./],
];
for (const [act, says] of FAILING) {
  Deno.test(`T ${act} fails`, async () => {
    const error = await Promise.resolve().then(act).catch((it) => it);
    if (!(error instanceof AssertionError)) throw error;
    check(says.test(error.message), error.message);
  });
}

class Point {}
const PAIRS: [unknown, unknown, boolean][] = [
  [NaN, NaN, true],
  [{ a: 1, b: [2] }, { b: [2], a: 1 }, true],
  [new Map([[1, 2], [3, 4]]), new Map([[3, 4], [1, 2]]), true],
  [new Headers({ a: "1" }), new Headers({ a: "1" }), true],
  [Object.create(null), {}, true],
  [{ a: undefined }, {}, false],
  [new Point(), {}, false],
  [["1"], [1], false],
  [new Date(0), new Date(1), false],
];
Deno.test("T5 equal() compares by content", () => {
  for (const [a, b, same] of PAIRS) {
    check(equal(a, b) === same, Deno.inspect([a, b]));
  }
});

/** The `Set-Cookie` value of a cookie. */
function line(cookie: Partial<Cookie>): string | null {
  const headers = new Headers();
  setCookie(headers, { name: "a", value: "", ...cookie });
  return headers.get("set-cookie");
}

Deno.test("R2 R3 getCookies() reads as it stands, or throws", () => {
  const cookie = `a=1; b=2=3; c; a="%20"; __proto__=1`;
  const expected = { a: `"%20"`, b: "2=3", c: "", ["__proto__"]: "1" };
  const found = getCookies(new Headers({ cookie }));
  assertEquals(Object.entries(found), Object.entries(expected));
  assertEquals(Object.getPrototypeOf(found), null);
  for (const cookie of ["", "=x", ";", "a=1;", "a=1;; b=2"]) {
    const read = () => getCookies(new Headers({ cookie }));
    assertThrows(read, SyntaxError, "cannot start with '='");
  }
});

const COOKIE: Cookie = {
  name: "n",
  value: "1=2",
  expires: new Date(1000),
  maxAge: 0,
  domain: "example.com",
  path: "/",
  secure: true,
  httpOnly: true,
  sameSite: "Lax",
};
Deno.test("R4 R12 setCookie() appends every attribute, and getSetCookies() reads it", () => {
  const headers = new Headers();
  setCookie(headers, COOKIE);
  setCookie(headers, { name: "a", value: "{}=:/?%", domain: "", path: "" });
  setCookie(headers, { name: "", value: "x" });
  const second = { name: "a", value: "{}=:/?%" };
  assertEquals(getSetCookies(headers), [COOKIE, second]);
  assertStringIncludes(line({ partitioned: true }) ?? "", "; Partitioned");
});

const BAD: [says: string, cookies: Partial<Cookie>[]][] = [
  ["name", ["a b", "a;b", "a=b", "a\n", "ä"].map((name) => ({ name }))],
  ["cookie", [...' ",;\\\x00\x7fü'].map((value) => ({ value }))],
  ["Max-Age must be >= 0", [{ maxAge: -1 }]],
  ["domain", ["-a.com", "a.com.", "a.com-"].map((domain) => ({ domain }))],
  ["path", [{ path: "/a;b" }]],
];
for (const [says, cookies] of BAD) {
  Deno.test(`R5 R6 R7 R8 setCookie() refuses a bad ${says}`, () => {
    for (const cookie of cookies) {
      assertThrows(() => line(cookie), Error, says);
    }
  });
}
