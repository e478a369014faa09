import { assertEquals } from "@std/assert";
import { fieldViolations } from "../../src/wix/field_violations.ts";

Deno.test("fieldViolations() returns the fields, rules and numbers that Wix names", () => {
  const details = {
    validationError: {
      fieldViolations: [
        {
          field: "member.profile.nickname",
          violatedRule: "MAX_LENGTH",
          data: { threshold: 100 },
        },
        { field: "id", violatedRule: "OTHER", ruleName: "OWNER" },
      ],
    },
  };
  assertEquals(fieldViolations(Object.assign(new Error("x"), { details })), [
    { field: "member.profile.nickname", rule: "MAX_LENGTH", threshold: 100 },
    { field: "id", rule: "OWNER", threshold: undefined },
  ]);
});

Deno.test("fieldViolations() returns none for anything else", () => {
  for (
    const error of [
      undefined,
      null,
      "error",
      new Error("x"),
      { details: null },
      { details: { validationError: { fieldViolations: "all" } } },
      { details: { applicationError: { code: "NOT_FOUND" } } },
    ]
  ) {
    assertEquals(fieldViolations(error), []);
  }
  const odd = { details: { validationError: { fieldViolations: [{}] } } };
  const [violation] = fieldViolations(odd);
  assertEquals(violation, { field: "", rule: "", threshold: undefined });
});
