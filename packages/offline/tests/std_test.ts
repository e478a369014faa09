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
} from "@std/assert";
import { type Cookie, getCookies, setCookie } from "@std/http/cookie";

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
    /^Values are not equal\..*a: 1.*a: 2/s,
  ],
  [() => assertEquals(8, 9), /^Values are not equal\..*8.*9/s],
  [() => assertEquals({ a: undefined }, {}), /not equal/],
  [() => assertEquals<unknown>(new (class {})(), {}), /not equal/],
  [() => assertEquals<unknown>(["1"], [1]), /not equal/],
  [() => assertEquals(new Date(0), new Date(1)), /not equal/],
  [() => assertNotEquals([1], [1]), /./],
  [() => assertStrictEquals(0, -0), /./],
  [() => assertStrictEquals({}, {}), /./],
  [() => assertExists(null), /./],
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

/** The `Set-Cookie` value of a cookie. */
function line(cookie: Partial<Cookie>): string | null {
  const headers = new Headers();
  setCookie(headers, { name: "a", value: "", ...cookie });
  return headers.get("set-cookie");
}

Deno.test("R2 R3 getCookies() reads values unchanged, or throws", () => {
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
