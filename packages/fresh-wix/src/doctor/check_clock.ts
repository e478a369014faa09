/**
 * Whether the clocks of this machine and of Wix agree.
 *
 * @module
 */
import type { Finding } from "./finding.ts";

/** More is no matter of a slow answer. */
const TOLERANCE_SECONDS = 60;

const UNITS: [seconds: number, name: string][] = [
  [86_400, "day"],
  [3_600, "hour"],
];
const MINUTE: [seconds: number, name: string] = [60, "minute"];

/**
 * Compares this machine's clock with an answer's `Date` header.
 *
 * @param now Milliseconds since 1970, when the answer came.
 */
export function checkClock(date: string | null, now: number): Finding {
  const theirs = Date.parse(date ?? "");
  if (Number.isNaN(theirs)) {
    return {
      outcome: "unknown",
      says: "Whether the clock is right could not be checked: " +
        "Wix's answer had no date.",
    };
  }
  const ahead = Math.round((now - theirs) / 1000);
  if (Math.abs(ahead) <= TOLERANCE_SECONDS) {
    return { outcome: "ok", says: "The clock of this machine is right." };
  }
  const [seconds, name] =
    UNITS.find(([unit]) => Math.abs(ahead) >= unit - TOLERANCE_SECONDS) ??
      MINUTE;
  const count = Math.round(Math.abs(ahead) / seconds);
  return {
    outcome: "problem",
    says: `The clock of this machine is ${count} ${name}${
      count === 1 ? "" : "s"
    } ${ahead > 0 ? "ahead of" : "behind"} Wix's.`,
    todo: "Let the machine set its clock by NTP: sessions and tokens are " +
      "judged by it, and would end too early or be used for too long.",
  };
}
