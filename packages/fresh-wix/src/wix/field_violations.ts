/**
 * What Wix says is wrong with the fields of a call.
 *
 * @see https://dev.wix.com/docs/sdk/articles/work-with-the-sdk/about-errors
 * @module
 */

/** One field that Wix does not take as it is. */
export interface FieldViolation {
  /** Path of the field, such as `member.profile.nickname`. */
  readonly field: string;
  /** Name of the rule, such as `MAX_LENGTH`; Wix's own or of the API. */
  readonly rule: string;
  /** The number in the rule, such as the longest length. */
  readonly threshold: number | undefined;
}

/** Returns the violations that an error of an SDK call names; often none. */
export function fieldViolations(error: unknown): readonly FieldViolation[] {
  const details = at(error, "details");
  const found = at(at(details, "validationError"), "fieldViolations");
  if (!Array.isArray(found)) return [];
  return found.map((violation) => {
    const threshold = at(at(violation, "data"), "threshold");
    const rule = at(violation, "ruleName") || at(violation, "violatedRule");
    return {
      field: String(at(violation, "field") ?? ""),
      rule: String(rule ?? ""),
      threshold: typeof threshold === "number" ? threshold : undefined,
    };
  });
}

function at(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined;
}
