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

/** The message that `act` fails with, without the help of an assertion. */
function messageOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof AssertionError) return error.message;
  }
  throw new Error("nothing was asserted");
}

function check(ok: boolean): void {
  if (!ok) throw new Error("not as expected");
}

Deno.test("T2 assertions throw AssertionErrors", () => {
  const error = assertThrows(() => assert(false));
  check(error instanceof AssertionError && error instanceof Error);
  check(AssertionError.name === "AssertionError");
});

Deno.test("T3 assert fails with exactly the message", () => {
  assert(1);
  check(messageOf(() => assert(0, "m")) === "m");
  check(messageOf(() => assert(0)) === "");
});

Deno.test("T4 assertEquals shows both values", () => {
  const message = messageOf(() => assertEquals({ a: 1 }, { a: 2 }));
  check(message.startsWith("Values are not equal."));
  check(message.includes("[Diff]"));
});

Deno.test("T5 equal compares by content", () => {
  const same: [unknown, unknown][] = [
    [NaN, NaN],
    [0, -0],
    [{ a: 1, b: [2] }, { b: [2], a: 1 }],
    [new Map([[1, 2], [3, 4]]), new Map([[3, 4], [1, 2]])],
    [new Set([1]), new Set([1])],
    [new Date(0), new Date(0)],
    [new Headers({ a: "1" }), new Headers({ a: "1" })],
    [Object.create(null), {}],
  ];
  for (const [a, b] of same) check(equal(a, b));
});

Deno.test("T5 equal tells these apart", () => {
  class Point {}
  const different: [unknown, unknown][] = [
    [{ a: undefined }, {}],
    [new Point(), {}],
    [[1, 2], [2, 1]],
    ["1", 1],
    [new Date(0), new Date(1)],
    [() => 1, () => 1],
  ];
  for (const [a, b] of different) check(!equal(a, b));
});

Deno.test("T6 assertStrictEquals compares identity", () => {
  assertStrictEquals(NaN, NaN);
  messageOf(() => assertStrictEquals(0, -0));
  const message = messageOf(() => assertStrictEquals({}, {}));
  check(message.includes("not reference-equal"));
});

Deno.test("T7 assertNotEquals and assertExists can fail", () => {
  assertNotEquals(1, 2);
  assertExists(0);
  assertExists("");
  messageOf(() => assertNotEquals([1], [1]));
  messageOf(() => assertExists(null));
  messageOf(() => assertExists(undefined));
});

Deno.test("T8 assertions about parts say what is missing", () => {
  assertMatch("abc", /b/);
  assertStringIncludes("abc", "b");
  const match = messageOf(() => assertMatch("abc", /x/));
  check(match.includes(`to match: "/x/"`));
  const part = messageOf(() => assertStringIncludes("abc", "z", "own"));
  check(part.includes(`to contain: "z"`) && part.endsWith(": own"));
});

Deno.test("T9 assertThrows returns the error and checks it", () => {
  const boom = () => {
    throw new TypeError("hello");
  };
  check(assertThrows(boom) instanceof TypeError);
  const error: TypeError = assertThrows(boom, TypeError, "hell");
  check(error.message === "hello");
  assertThrows(boom, Error);
  messageOf(() => assertThrows(() => {}));
  messageOf(() => assertThrows(boom, RangeError));
  messageOf(() => assertThrows(boom, TypeError, "zzz"));
  messageOf(() =>
    assertThrows(() => {
      throw "text";
    }, Error)
  );
});

Deno.test("T10 assertRejects resolves to the error and checks it", async () => {
  const boom = () => Promise.reject(new TypeError("hello"));
  check((await assertRejects(boom, TypeError, "hell")).message === "hello");
  await assertRejects(() => assertRejects(() => Promise.resolve()));
  await assertRejects(() => assertRejects(boom, RangeError), AssertionError);
  await assertRejects(() => assertRejects(boom, TypeError, "zzz"));
  const sync = () => {
    throw new Error("sync");
  };
  await assertRejects(async () => await assertRejects(sync));
});

Deno.test("T11 assertInstanceOf can fail", () => {
  assertInstanceOf(new Date(), Date);
  messageOf(() => assertInstanceOf({}, Date));
});
