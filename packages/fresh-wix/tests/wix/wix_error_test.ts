import { assertEquals, assertStrictEquals } from "@std/assert";
import { HttpError } from "fresh";
import { fieldViolations } from "../../src/wix/field_violations.ts";
import { toWixError, WixError } from "../../src/wix/wix_error.ts";

/** An error as the SDK throws it. */
const sdkError = (fields: Record<string, unknown>) =>
  Object.assign(new Error("System error"), { response: {}, ...fields });

Deno.test("toWixError() reads status, code, data and request id of an SDK error", () => {
  const data = { reason: "EXPIRED" };
  const applicationError = {
    code: "PERMISSION_DENIED",
    description: "No",
    data,
  };
  const details = { applicationError };
  const requestId = "123.456";
  const error = toWixError(sdkError({ status: 403, requestId, details }));
  const { status, code, description } = error ?? {};
  assertEquals([status, code, description], [403, "PERMISSION_DENIED", "No"]);
  assertEquals([error?.requestId, error?.data], [requestId, data]);
});

Deno.test("toWixError() omits codes that the SDK invented, and treats a 200 without JSON as a 502 (U13)", () => {
  const details = { applicationError: { code: 500, description: "" } };
  const failed = toWixError(sdkError({ status: 500, details }));
  assertEquals([failed?.code, failed?.description], [undefined, "status 500"]);
  const error: Error & { runtimeError?: Error } = new SyntaxError("no JSON");
  error.runtimeError = error;
  assertEquals(toWixError(error)?.status, 502);
});

Deno.test("toWixError() returns a WixError unchanged, and undefined for other errors", () => {
  const error = new WixError({ status: 503, description: "" });
  assertStrictEquals(toWixError(error), error);
  const others = [new HttpError(404), new TypeError("no"), "oops", null];
  for (const other of others) assertEquals(toWixError(other), undefined);
});

const violating = (fieldViolations: unknown) => ({
  details: { validationError: { fieldViolations } },
});

Deno.test("fieldViolations() returns the fields, rules and numbers that Wix names, else none", () => {
  const field = "member.profile.nickname";
  const error = sdkError(violating([
    { field, violatedRule: "MAX_LENGTH", data: { threshold: 100 } },
    { field: "id", violatedRule: "OTHER", ruleName: "OWNER" },
    {},
  ]));
  assertEquals(fieldViolations(error), [
    { field, rule: "MAX_LENGTH", threshold: 100 },
    { field: "id", rule: "OWNER", threshold: undefined },
    { field: "", rule: "", threshold: undefined },
  ]);
  const details = { applicationError: { code: "NOT_FOUND" } };
  const others = [undefined, null, "error", new Error("x"), { details: null }];
  for (const other of [...others, violating("all"), { details }]) {
    assertEquals(fieldViolations(other), []);
  }
});
