/**
 * What the doctor finds out, and how it says so.
 *
 * @module
 */

/**
 * How a check came out:
 * - `ok`: as it should be,
 * - `problem`: wrong, and {@link Finding.todo} says what to do,
 * - `unasked`: Wix did not answer, so that another try may tell more,
 * - `unknown`: Wix cannot be asked this, or not with these settings.
 */
export type Outcome = "ok" | "problem" | "unasked" | "unknown";

/** The outcome of one check. */
export interface Finding {
  readonly outcome: Outcome;
  /** A sentence. Never holds a secret. */
  readonly says: string;
  /** What to do about it, and where. */
  readonly todo?: string;
}

/** Of the program: 0 all is well, 1 there are problems, 2 Wix did not answer. */
export type ExitCode = 0 | 1 | 2;

/** Returns the exit code for findings; those that cannot be asked don't count. */
export function exitCode(findings: readonly Finding[]): ExitCode {
  const has = (outcome: Outcome) =>
    findings.some((finding) => finding.outcome === outcome);
  return has("problem") ? 1 : has("unasked") ? 2 : 0;
}

const LABELS: Record<Outcome, string> = {
  ok: "ok     ",
  problem: "PROBLEM",
  unasked: "no news",
  unknown: "?      ",
};
const INDENT = " ".repeat(LABELS.ok.length + 4);

/** Returns a finding as lines of text. */
export function describeFinding({ outcome, says, todo }: Finding): string {
  const lines = [`  ${LABELS[outcome]}  ${says}`];
  if (todo !== undefined) lines.push(INDENT + todo);
  return lines.join("\n");
}
