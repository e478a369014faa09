// The doctor's findings and their output.

/**
 * The outcome of one check:
 * - `ok`: as it should be,
 * - `problem`: wrong, and {@link Finding.todo} says what to do,
 * - `unreachable`: Wix did not respond, so another try may work,
 * - `unknown`: Wix has no API for this, or not with these settings.
 */
export interface Finding {
  readonly outcome: "ok" | "problem" | "unreachable" | "unknown";
  /** A sentence. Never holds a secret. */
  readonly says: string;
  /** What to do about it, and where. */
  readonly todo?: string | undefined;
}

export const ok = (says: string): Finding => ({ outcome: "ok", says });

export const problem = (says: string, todo: string): Finding => ({
  outcome: "problem",
  says,
  todo,
});

/** @param what Follows "Cannot check whether". */
export const unknown = (
  what: string,
  why: string,
  todo?: string,
): Finding => ({
  outcome: "unknown",
  says: `Cannot check whether ${what}: ${why}.`,
  todo,
});

/** Of the program: 0 all is well, 1 there are problems, 2 Wix did not respond. */
export type ExitCode = 0 | 1 | 2;

/** Returns the exit code for findings; unknown ones do not count. */
export function exitCode(findings: readonly Finding[]): ExitCode {
  const has = (outcome: Finding["outcome"]) =>
    findings.some((finding) => finding.outcome === outcome);
  return has("problem") ? 1 : has("unreachable") ? 2 : 0;
}

const LABELS: Record<Finding["outcome"], string> = {
  ok: "ok      ",
  problem: "PROBLEM ",
  unreachable: "no reply",
  unknown: "?       ",
};

/** Returns a finding as lines of text. */
export function describeFinding({ outcome, says, todo }: Finding): string {
  const line = `  ${LABELS[outcome]}  ${says}`;
  return todo === undefined ? line : `${line}\n            ${todo}`;
}
