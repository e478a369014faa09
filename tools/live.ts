/**
 * The task `test:live`: runs the contract tests of local Wix against a real site.
 *
 * @module
 */
import { ROOT } from "./packages.ts";

/** A variable of the live tests. */
interface LiveVariable {
  readonly name: string;
  readonly purpose: string;
  readonly required: boolean;
}

/** The variables of the live tests. */
export const LIVE_VARIABLES: readonly LiveVariable[] = [
  {
    name: "WIX_LIVE_CLIENT_ID",
    purpose: "client id of the site's OAuth app",
    required: true,
  },
  {
    name: "WIX_LIVE_MEMBER_REFRESH_TOKEN",
    purpose: "a member's refresh token, for member tests",
    required: false,
  },
  {
    name: "WIX_LIVE_API_KEY",
    purpose: "an API key, for tests that need one",
    required: false,
  },
  {
    name: "WIX_LIVE_SITE_ID",
    purpose: "the site id of the API key",
    required: false,
  },
];

/** Folder of the contract tests. */
export const LIVE_TESTS = `${ROOT}packages/local-wix/tests/contract`;

/** Returns whether live tests can run, and a message to print. */
export function liveReadiness(
  env: Readonly<Record<string, string>>,
): { readonly ready: boolean; readonly text: string } {
  const missing = LIVE_VARIABLES.filter(({ name }) => !env[name]);
  const ready = missing.every(({ required }) => !required);
  const width = Math.max(...missing.map(({ name }) => name.length));
  const lines = missing.map(({ name, purpose }) =>
    `  ${name.padEnd(width)}  ${purpose}`
  );
  if (!ready) {
    const first = "Cannot run live tests: set in .env or the environment:";
    return { ready, text: [first, ...lines].join("\n") };
  }
  const first = missing.length > 0
    ? "Tests that need one of these variables are ignored:"
    : "Running against the real site.";
  return { ready, text: [first, ...lines].join("\n") };
}
