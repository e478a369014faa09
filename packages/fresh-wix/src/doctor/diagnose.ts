// All checks, in the order in which they make sense.

import { settingsProblems } from "../config/read_config.ts";
import { type CallWix, createCallWix, createSend } from "./call_wix.ts";
import { checkDomain, checkRedirectUri } from "./check_redirects.ts";
import * as checks from "./checks.ts";
import { type Finding, ok, problem } from "./finding.ts";

type Env = Readonly<Record<string, string>>;

/** Checks settings (no empty ones) by themselves and then against Wix. */
export async function diagnose(
  env: Env,
  fetch = globalThis.fetch,
  timeoutMs = 10_000,
): Promise<Finding[]> {
  const problems = settingsProblems((name) => env[name]);
  /** Returns a setting when there is nothing wrong with it. */
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
  findings.push(...await elevatedFindings(call, clientId, instanceId, env));
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

/** Returns the finding for what the app itself would say at its start. */
function settingFinding(text: string): Finding {
  const [says, todo = "see .env.example, which explains it"] = text
    .split(/: (.*)/s);
  return problem(
    `${says}.`,
    `${todo.charAt(0).toUpperCase()}${todo.slice(1)}.`,
  );
}

/** Returns what only elevated calls can find out. */
async function elevatedFindings(
  call: CallWix,
  clientId: string,
  instanceId: string | undefined,
  { WIX_CLIENT_SECRET: clientSecret, WIX_API_KEY: apiKey, WIX_SITE_ID: siteId }:
    Env,
): Promise<Finding[]> {
  const headers: Record<string, string> = {};
  let finding: Finding;
  if (clientSecret !== undefined) {
    const credentials = { kind: "app", clientSecret, instanceId } as const;
    const app = await checks.checkClientSecret(call, clientId, credentials);
    finding = app.finding;
    if (app.accessToken === undefined) return [finding];
    headers.authorization = app.accessToken;
  } else if (apiKey !== undefined && siteId !== undefined) {
    Object.assign(headers, { authorization: apiKey, "wix-site-id": siteId });
    finding = await checks.checkApiKey(call, headers);
    if (finding.outcome !== "ok") return [finding];
  } else {
    return [checks.SITE_UNCHECKED];
  }
  return [
    finding,
    await checks.checkPublished(call, headers),
    await checks.checkMembersArea(call, headers),
  ];
}
