// The fields of a call that Wix rejected.
// See https://dev.wix.com/docs/sdk/articles/work-with-the-sdk/about-errors

import * as v from "valibot";

/** A field that Wix rejected. */
export interface FieldViolation {
  /** Path of the field, such as `member.profile.nickname`. */
  readonly field: string;
  /** Name of the rule, such as `MAX_LENGTH`; Wix's own or of the API. */
  readonly rule: string;
  /** The number in the rule, such as the longest length. */
  readonly threshold: number | undefined;
}

const text = v.fallback(v.optional(v.string(), ""), "");

const SDK_ERROR = v.object({
  details: v.object({
    validationError: v.object({
      fieldViolations: v.array(v.object({
        field: text,
        ruleName: text,
        violatedRule: text,
        data: v.fallback(
          v.optional(v.object({ threshold: v.optional(v.number()) })),
          undefined,
        ),
      })),
    }),
  }),
});

/** Returns the violations that an error of an SDK call names; often none. */
export function fieldViolations(error: unknown): readonly FieldViolation[] {
  const { success, output } = v.safeParse(SDK_ERROR, error);
  if (!success) return [];
  return output.details.validationError.fieldViolations.map((
    { field, ruleName, violatedRule, data },
  ) => ({ field, rule: ruleName || violatedRule, threshold: data?.threshold }));
}
