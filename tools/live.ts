/**
 * `test:live`: the contract tests of local Wix against a real Wix site.
 *
 * @module
 */
import { ROOT } from "./packages.ts";

/** A variable of live tests. */
interface LiveVariable {
  readonly name: string;
  readonly purpose: string;
  readonly required: boolean;
}

/** Variables of the contract tests on a real site. */
export const LIVE_VARIABLES: readonly LiveVariable[] = [
  {
    name: "WIX_LIVE_CLIENT_ID",
    purpose: "client id of the site's OAuth app",
    required: true,
  },
  {
    name: "WIX_LIVE_MEMBER_REFRESH_TOKEN",
    purpose: "a member's refresh token, for cases of members",
    required: false,
  },
  {
    name: "WIX_LIVE_API_KEY",
    purpose: "an API key, for cases that need one",
    required: false,
  },
  {
    name: "WIX_LIVE_SITE_ID",
    purpose: "the site's id, together with the API key",
    required: false,
  },
];

/** Folder of the tests that also run against a real site. */
export const LIVE_TESTS = `${ROOT}packages/local-wix/tests/contract`;

/** Returns whether live tests can run, and what to print first. */
export function liveReadiness(
  env: Readonly<Record<string, string>>,
): { readonly ready: boolean; readonly text: string } {
  const missing = LIVE_VARIABLES.filter(({ name }) => !env[name]);
  const ready = missing.every(({ required }) => !required);
  const lines = missing.map(({ name, purpose }) => `  ${name}  ${purpose}`);
  if (!ready) {
    const first = "Cannot run live tests: set, in .env or the environment,";
    return { ready, text: [first, ...lines].join("\n") };
  }
  const first = missing.length > 0
    ? "Cases that need one of these are ignored:"
    : "Running against the real site.";
  return { ready, text: [first, ...lines].join("\n") };
}
