import { assertEquals, assertStrictEquals } from "@std/assert";
import { HttpError } from "fresh";
import { toWixError, WixError } from "../../src/wix/wix_error.ts";

/** An error as the SDK throws it. */
function sdkError(fields: Record<string, unknown>): Error {
  return Object.assign(new Error("System error occurred"), fields);
}

Deno.test("toWixError() reads status, code and request id of an SDK error", () => {
  const error = toWixError(sdkError({
    response: {},
    status: 403,
    requestId: "123.456",
    details: {
      applicationError: { code: "PERMISSION_DENIED", description: "No" },
    },
  }));
  assertEquals(error?.status, 403);
  assertEquals(error?.code, "PERMISSION_DENIED");
  assertEquals(error?.description, "No");
  assertEquals(error?.requestId, "123.456");
});

Deno.test("toWixError() leaves out a code that the SDK made up", () => {
  const error = toWixError(sdkError({
    response: {},
    status: 500,
    details: { applicationError: { code: 500, description: "" } },
  }));
  assertEquals([error?.code, error?.description], [undefined, "status 500"]);
});

Deno.test("toWixError() takes a 200 without JSON for a 502 (U13)", () => {
  const error: Error & { runtimeError?: Error } = new SyntaxError("no JSON");
  error.runtimeError = error;
  assertEquals(toWixError(error)?.status, 502);
});

Deno.test("toWixError() returns a WixError as it is", () => {
  const error = new WixError({
    status: 503,
    code: undefined,
    description: "",
    requestId: undefined,
  });
  assertStrictEquals(toWixError(error), error);
});

const others: [name: string, error: unknown][] = [
  ["an HttpError", new HttpError(404)],
  ["a TypeError", new TypeError("x is undefined")],
  ["text", "oops"],
  ["nothing", null],
];
for (const [name, error] of others) {
  Deno.test(`toWixError() of ${name} is undefined`, () => {
    assertEquals(toWixError(error), undefined);
  });
}
