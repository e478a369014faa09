// All checks, in the order in which they make sense.

import { settingsProblems } from "../config/read_config.ts";
import { type CallWix, createCallWix, createSend } from "./call_wix.ts";
import { checkDomain, checkRedirectUri } from "./check_redirects.ts";
import * as checks from "./checks.ts";
import { type Finding, ok, problem } from "./finding.ts";

type Env = Readonly<Record<string, string>>;

/**
 * Checks settings (no empty ones) by themselves and then against Wix.
 * @param own Checks of the site's own.
 */
export async function diagnose(
  env: Env,
  fetch = globalThis.fetch,
  timeoutMs = 10_000,
  own: readonly checks.Check[] = [],
): Promise<Finding[]> {
  const problems = settingsProblems((name) => env[name]);
  /** Returns a setting if it is valid. */
  const sound = (name: string) =>
    problems.some((problem) => problem.startsWith(`${name} `))
      ? undefined
      : env[name];
  const findings = problems.length === 0
    ? [ok("The settings are complete and well-formed.")]
    : problems.map(settingFinding);

  const clientId = sound("WIX_CLIENT_ID");
  if (clientId === undefined) return findings;
  const send = createSend(fetch, timeoutMs);
  const call = createCallWix(send, sound("WIX_API_ORIGIN"));

  const { accessToken, date, finding } = await checks.checkClientId(
    call,
    clientId,
  );
  findings.push(finding);
  if (date !== undefined) findings.push(checks.checkClock(date));
  // Without a token there is nothing more to find out.
  if (accessToken === undefined) return findings;

  const instanceId = sound("WIX_CLIENT_INSTANCE_ID");
  const visitor = { authorization: accessToken };
  const app = await authorizeApp(call, clientId, instanceId, env);
  findings.push(app.finding);
  const ofSite = [checks.checkPublished, checks.checkMembersArea];
  for (const check of app.headers ? [...ofSite, ...own] : own) {
    findings.push(await check(call, app.headers ?? visitor));
  }
  const appOrigin = sound("APP_ORIGIN");
  if (appOrigin !== undefined) {
    const { origin } = new URL(appOrigin);
    const options = { call, send, clientId, appOrigin: origin, accessToken };
    findings.push(await checkRedirectUri(options));
    // Last, because it may end the visitor's session.
    findings.push(await checkDomain(options));
  }
  return findings;
}

/** Returns the finding for a problem that the app reports at its start. */
function settingFinding(text: string): Finding {
  const [says, todo = "see .env.example, which explains it"] = text
    .split(/: (.*)/s);
  return problem(
    `${says}.`,
    `${todo.charAt(0).toUpperCase()}${todo.slice(1)}.`,
  );
}

/** Returns the headers of elevated calls, if they work, and what was found. */
async function authorizeApp(
  call: CallWix,
  clientId: string,
  instanceId: string | undefined,
  { WIX_CLIENT_SECRET: clientSecret, WIX_API_KEY: apiKey, WIX_SITE_ID: siteId }:
    Env,
): Promise<{ finding: Finding; headers?: Record<string, string> }> {
  if (clientSecret !== undefined) {
    const credentials = { kind: "app", clientSecret, instanceId } as const;
    const { accessToken: authorization, finding } = await checks
      .checkClientSecret(call, clientId, credentials);
    return authorization
      ? { finding, headers: { authorization } }
      : { finding };
  }
  if (apiKey !== undefined && siteId !== undefined) {
    const headers = { authorization: apiKey, "wix-site-id": siteId };
    const finding = await checks.checkApiKey(call, headers);
    return finding.outcome === "ok" ? { finding, headers } : { finding };
  }
  return { finding: checks.SITE_UNCHECKED };
}
