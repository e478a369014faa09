// `doctor`: reports problems of the settings, alone and at Wix, and what to do.

import { toBeAllowed } from "./check_redirects.ts";
import type { Check } from "./checks.ts";
import { diagnose } from "./diagnose.ts";
import { describeFinding, type ExitCode, exitCode } from "./finding.ts";

/** Where `start` serves first. */
const START_ORIGIN = "http://localhost:8000";

const VERDICTS: Record<ExitCode | "unsure", string> = {
  0: "All checks passed.",
  unsure: "No problems were found. Some checks, marked ?, could not be made.",
  1: "Fix the settings marked PROBLEM.",
  2: 'Some checks got no response: see "no reply".',
};

/** Prints what {@link diagnose} finds. Returns the exit code. */
export async function doctor(
  env: Readonly<Record<string, string>>,
  { checks = [] }: { readonly checks?: readonly Check[] } = {},
): Promise<ExitCode> {
  const trimmed = Object.fromEntries(
    Object.entries(env).map(([name, value]) => [name, value.trim()]),
  );
  const { APP_ORIGIN, WIX_API_ORIGIN, WIX_CLIENT_ID } = trimmed;
  const findings = await diagnose(trimmed, fetch, undefined, checks);
  console.log(
    `\nSettings, checked against ${WIX_API_ORIGIN ?? "Wix"}\n`,
  );
  for (const finding of findings) console.log(describeFinding(finding));
  if (WIX_CLIENT_ID === undefined) {
    console.log(
      "\nWithout WIX_CLIENT_ID `deno task start` runs local Wix, " +
        "which needs no settings.",
    );
  }
  const origins = [URL.parse(APP_ORIGIN ?? "")?.origin, START_ORIGIN];
  console.log("\nAllow in Wix, for this origin and for `start`:\n");
  for (const origin of new Set(origins.filter((it) => it !== undefined))) {
    const { redirectUri, domain } = toBeAllowed(origin);
    console.log(`  redirect URI ${redirectUri}, domain ${domain}`);
  }
  const code = exitCode(findings);
  const unsure = findings.some(({ outcome }) => outcome === "unknown");
  console.log(`\n${VERDICTS[code === 0 && unsure ? "unsure" : code]}`);
  return code;
}
