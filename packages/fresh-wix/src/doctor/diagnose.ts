/**
 * All checks, in the order in which they make sense.
 *
 * @module
 */
import type { ElevatedCredentials } from "../config/read_config.ts";
import { settingsProblems } from "./check_settings.ts";
import { type AskWix, createAskWix } from "./ask_wix.ts";
import { checkClock } from "./check_clock.ts";
import {
  apiKeyHeaders,
  checkApiKey,
  checkClientId,
  checkClientSecret,
  checkInstanceId,
  zeroInstanceId,
} from "./check_credentials.ts";
import { checkDomain, checkRedirectUri } from "./check_redirects.ts";
import { checkSecrets } from "./check_secrets.ts";
import {
  CANNOT_ASK_ABOUT_SITE,
  checkMembersArea,
  checkPublished,
} from "./check_site.ts";
import type { Finding } from "./finding.ts";

type Env = Readonly<Record<string, string>>;

/** Parameters for tests. */
export interface DiagnoseOptions {
  /** Sends requests. Default `globalThis.fetch`. */
  readonly fetch?: typeof fetch;
  /** Milliseconds since 1970. Default `Date.now`. */
  readonly now?: () => number;
  /** Milliseconds until an answer must be complete. Default 10,000. */
  readonly timeoutMs?: number;
}

const DEFAULT_TIMEOUT_MS = 10_000;

const EXPLAINED = "see .env.example, which explains each setting";

/**
 * Checks the settings in `env`, first by themselves and then against Wix.
 *
 * @param env Without those that are empty.
 */
export async function diagnose(
  env: Env,
  {
    fetch = globalThis.fetch,
    now = Date.now,
    timeoutMs = DEFAULT_TIMEOUT_MS,
  }: DiagnoseOptions = {},
): Promise<Finding[]> {
  const problems = settingsProblems(env);
  const isSound = (name: string) =>
    env[name] !== undefined &&
    !problems.some((problem) => problem.startsWith(`${name} `));
  const findings = settingsFindings(problems);
  if (isSound("SESSION_SECRET") || problems.length === 0) {
    findings.push(checkSecrets(env.SESSION_SECRET));
  }

  const clientId = env.WIX_CLIENT_ID;
  if (clientId === undefined || !isSound("WIX_CLIENT_ID")) return findings;
  const ask = createAskWix({
    wixApiOrigin: isSound("WIX_API_ORIGIN") ? env.WIX_API_ORIGIN : undefined,
    fetch,
    timeoutMs,
  });

  const visitor = await checkClientId(ask, clientId);
  findings.push(visitor.finding);
  if (visitor.date !== undefined) {
    findings.push(checkClock(visitor.date, now()));
  }
  // A Wix that is silent or does not know the client says nothing more.
  if (visitor.accessToken === undefined) return findings;

  const instanceId = isSound("WIX_CLIENT_INSTANCE_ID")
    ? env.WIX_CLIENT_INSTANCE_ID
    : undefined;
  const elevated = elevatedCredentials(env, instanceId);
  findings.push(...await elevatedFindings(ask, clientId, elevated));
  const appOrigin = env.APP_ORIGIN;
  if (appOrigin !== undefined && isSound("APP_ORIGIN")) {
    const options = {
      ask,
      fetch,
      timeoutMs,
      clientId,
      appOrigin: new URL(appOrigin).origin,
      visitorToken: visitor.accessToken,
    };
    findings.push(await checkRedirectUri(options));
    // Last, because it may end the visitor's session.
    findings.push(await checkDomain(options));
  }
  return findings;
}

/** What the app itself would say at its start. */
function settingsFindings(problems: readonly string[]): Finding[] {
  if (problems.length === 0) {
    return [{
      outcome: "ok",
      says: "The settings are complete and well-formed.",
    }];
  }
  return problems.map((problem) => {
    const [, says = problem, todo = EXPLAINED] =
      /^(.*?): (.*)$/s.exec(problem) ?? [];
    return { outcome: "problem", says: `${says}.`, todo: sentence(todo) };
  });
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** As the app chooses them. */
function elevatedCredentials(
  { WIX_CLIENT_SECRET: clientSecret, WIX_API_KEY: apiKey, WIX_SITE_ID: siteId }:
    Env,
  instanceId: string | undefined,
): ElevatedCredentials | undefined {
  if (clientSecret !== undefined) {
    return { kind: "app", clientSecret, instanceId };
  }
  return apiKey !== undefined && siteId !== undefined
    ? { kind: "api-key", apiKey, siteId }
    : undefined;
}

/** Elevated calls, and what only they can find out. */
async function elevatedFindings(
  ask: AskWix,
  clientId: string,
  elevated: ElevatedCredentials | undefined,
): Promise<Finding[]> {
  if (elevated === undefined) return [CANNOT_ASK_ABOUT_SITE];
  if (elevated.kind === "api-key") {
    const finding = await checkApiKey(ask, elevated);
    return finding.outcome === "ok"
      ? [finding, ...await siteFindings(ask, apiKeyHeaders(elevated))]
      : [finding];
  }
  const { clientSecret, instanceId } = elevated;
  const findings: Finding[] = [];
  const app = await checkClientSecret(ask, clientId, clientSecret);
  findings.push(app.finding);
  if (instanceId !== undefined) {
    const zeros = zeroInstanceId(instanceId);
    if (zeros !== undefined) {
      findings.push(zeros);
    } else if (app.accessToken !== undefined) {
      const client = { clientId, clientSecret };
      findings.push(await checkInstanceId(ask, instanceId, client));
    }
  }
  if (app.accessToken !== undefined) {
    const headers = { authorization: app.accessToken };
    findings.push(...await siteFindings(ask, headers));
  }
  return findings;
}

async function siteFindings(
  ask: AskWix,
  headers: Record<string, string>,
): Promise<Finding[]> {
  return [
    await checkPublished(ask, headers),
    await checkMembersArea(ask, headers),
  ];
}
