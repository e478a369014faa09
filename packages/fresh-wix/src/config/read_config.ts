/**
 * Reads the settings of the app from environment variables, once, and reports
 * all problems together, with where to find each value.
 *
 * Imports nothing: tools load it without a config.
 *
 * @module
 */

/** Credentials that elevated calls are made with. */
export type ElevatedCredentials =
  | { kind: "app"; clientSecret: string; instanceId: string | undefined }
  | { kind: "api-key"; apiKey: string; siteId: string };

/** The resolved settings. Immutable; nothing else reads the environment. */
export interface Config {
  /** OAuth client id of the headless client, a GUID. */
  readonly clientId: string;
  /** `undefined` when neither a client secret nor an API key is set. */
  readonly elevated: ElevatedCredentials | undefined;
  /**
   * Public origin, such as `https://shop.example`, without a slash at the end.
   * Never taken from `Host`. `undefined` on a preview of Deno Deploy, where login
   * is off.
   */
  readonly appOrigin: string | undefined;
  /** Origin to call instead of `*.wixapis.com`; only where the app is local. */
  readonly wixApiOrigin: string | undefined;
  /** Cookies are `Secure` and `__Host-`: always, except on http. */
  readonly secureCookies: boolean;
  /** Responses have `Strict-Transport-Security`, except on this machine's names. */
  readonly strictTransport: boolean;
  /**
   * Responses have hints for developers about errors, and list the calls to
   * Wix. Off unless set, because visitors don't need them.
   */
  readonly developerHints: boolean;
  /** One JSON object per line for programs, or text for a terminal. */
  readonly logFormat: "json" | "text";
  /** Cookie secrets of at least 32 characters: the first encrypts, all decrypt. */
  readonly sessionSecrets: readonly string[];
  /** Verifies webhooks: a key in PEM, or that in base64. */
  readonly webhookKey: string | undefined;
  /** Whether the app runs on Deno Deploy. */
  readonly isDeployed: boolean;
}

/** Thrown when settings are missing or wrong; `problems` names each of them. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  /** Stable code for callers that react to it. */
  readonly code = "CONFIG_INVALID";
  /** One line per problem, each starting with the variable's name. */
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    const settings = problems.length === 1 ? "setting is" : "settings are";
    super(
      `Cannot start: ${problems.length} ${settings} missing or wrong\n` +
        problems.map((problem) => `  - ${problem}\n`).join("") +
        "Settings are environment variables; .env.example lists them all.",
    );
    this.problems = problems;
    // The stack would bury the list, and the reader's mistake is not in it.
    this.stack = `${this.name}: ${this.message}`;
  }
}

/** Every variable that is read; the server is allowed to see these only. */
export const VARIABLES = [
  "APP_ORIGIN",
  "DENO_DEPLOY",
  "DENO_DEPLOY_APP_SLUG",
  "DENO_DEPLOY_ORG_SLUG",
  "DENO_TIMELINE",
  "DEVELOPER_HINTS",
  "LOG_FORMAT",
  "SESSION_SECRET",
  "WIX_API_KEY",
  "WIX_API_ORIGIN",
  "WIX_CLIENT_ID",
  "WIX_CLIENT_INSTANCE_ID",
  "WIX_CLIENT_PUBLIC_KEY",
  "WIX_CLIENT_SECRET",
  "WIX_SITE_ID",
] as const;

type Variable = typeof VARIABLES[number];

/** Looks up variables and collects their problems. */
interface Reader {
  readonly get: (name: Variable) => string | undefined;
  readonly problems: string[];
}

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const MIN_SECRET_LENGTH = 32;
const MIN_SECRET_CHARACTERS = 8;
/** Words, sequences of keys and repetitions that secrets are often made of. */
const GUESSABLE =
  /secret|passw|change.?me|example|session|cookie|qwert|letmein|123456|abcdefg|(.{5,})\1/i;
const LOOPBACK_HOSTS = ["localhost", "127.0.0.1", "[::1]"];
const MAKE_SECRET = "make one with `openssl rand -base64 48`";
const WHERE_CLIENT = "run `wix env pull`, or see the site's dashboard, " +
  "Settings > Development & integrations > Headless Settings";

/** Returns whether a URL's `hostname` means this machine. */
export function isLoopback(hostname: string): boolean {
  return LOOPBACK_HOSTS.includes(hostname);
}

/**
 * Returns the settings found in `env`.
 * @param env Looks a variable up. Default: the environment of this process.
 * @throws {ConfigError} with every problem found, never with a value.
 */
export function readConfig(
  env: (name: string) => string | undefined = readVariable,
): Config {
  const problems: string[] = [];
  const get = (name: Variable) => env(name)?.trim() || undefined;
  const reader = { get, problems };

  const clientId = get("WIX_CLIENT_ID");
  if (clientId === undefined) {
    problems.push(`WIX_CLIENT_ID is not set: ${WHERE_CLIENT}`);
  } else if (!GUID.test(clientId)) {
    problems.push(`WIX_CLIENT_ID is not a GUID: ${WHERE_CLIENT}`);
  }

  const isDeployed = get("DENO_DEPLOY") !== undefined;
  const isPreview = isDeployed && isPreviewTimeline(reader);
  const appOrigin = isPreview ? undefined : readOrigin(reader, "APP_ORIGIN") ??
    (isDeployed ? productionOrigin(reader) : undefined);
  if (!isPreview && !appOrigin && get("APP_ORIGIN") === undefined) {
    problems.push(
      "APP_ORIGIN is not set: it is the public origin, such as https://shop.example",
    );
  }
  const isLocal = appOrigin !== undefined && !isDeployed &&
    isLoopback(new URL(appOrigin).hostname);
  const isHttp = appOrigin?.startsWith("http:") === true;
  if (isHttp && !isLocal) {
    problems.push("APP_ORIGIN must be https: only localhost may be http");
  }

  const wixApiOrigin = readOrigin(reader, "WIX_API_ORIGIN");
  if (wixApiOrigin !== undefined && !isLocal) {
    problems.push(
      "WIX_API_ORIGIN is for local Wix: unset it unless APP_ORIGIN is localhost",
    );
  }

  const developerHints = readSwitch(reader, "DEVELOPER_HINTS", "false", "true");
  const isTextLog = readSwitch(reader, "LOG_FORMAT", "json", "text");
  const elevated = readElevated(reader);
  const sessionSecrets = readSessionSecrets(reader, isLocal);

  if (problems.length > 0 || clientId === undefined) {
    throw new ConfigError(problems);
  }
  return Object.freeze({
    clientId,
    elevated,
    appOrigin,
    wixApiOrigin,
    secureCookies: !isHttp,
    strictTransport: !isLocal,
    developerHints,
    logFormat: isTextLog ? "text" : "json",
    sessionSecrets,
    webhookKey: get("WIX_CLIENT_PUBLIC_KEY"),
    isDeployed,
  });
}

/** Returns every problem of the settings; none when the app would start. */
export function settingsProblems(
  env: (name: string) => string | undefined,
): readonly string[] {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

// On Deno Deploy. A revision's address is new each time, so no `APP_ORIGIN` can
// be its own; a branch may have one.
// See https://docs.deno.com/deploy/reference/timelines/
function isPreviewTimeline({ get }: Reader): boolean {
  const timeline = get("DENO_TIMELINE") ?? "";
  return timeline.startsWith("preview/") ||
    timeline.startsWith("git-branch/") && get("APP_ORIGIN") === undefined;
}

// On Deno Deploy. A custom domain needs `APP_ORIGIN`.
// See https://docs.deno.com/deploy/reference/env_vars_and_contexts/
function productionOrigin({ get }: Reader): string | undefined {
  const [app, org] = [get("DENO_DEPLOY_APP_SLUG"), get("DENO_DEPLOY_ORG_SLUG")];
  const isProduction = get("DENO_TIMELINE") === "production";
  if (isProduction && app && org) return `https://${app}.${org}.deno.net`;
}

function readOrigin(
  { get, problems }: Reader,
  name: Variable,
): string | undefined {
  const value = get(name);
  if (value === undefined) return undefined;
  const url = URL.parse(value);
  if (url && /^https?:$/.test(url.protocol) && `${url.origin}/` === url.href) {
    return url.origin;
  }
  problems.push(`${name} is not an origin such as https://shop.example`);
}

/** Returns whether a variable is set to the second of two values. */
function readSwitch(
  { get, problems }: Reader,
  name: Variable,
  usual: string,
  other: string,
): boolean {
  const value = get(name) ?? usual;
  if (value !== usual && value !== other) {
    problems.push(`${name} must be ${usual} or ${other}`);
  }
  return value === other;
}

function readElevated(
  { get, problems }: Reader,
): ElevatedCredentials | undefined {
  const clientSecret = get("WIX_CLIENT_SECRET");
  const instanceId = get("WIX_CLIENT_INSTANCE_ID");
  if (instanceId !== undefined && !GUID.test(instanceId)) {
    problems.push(`WIX_CLIENT_INSTANCE_ID is not a GUID: ${WHERE_CLIENT}`);
  }
  if (clientSecret !== undefined) {
    // Some hosts hand out a GUID of zeros, for which Wix returns 404; the
    // grant works without an instance id.
    const isZero = /^[0-]+$/.test(instanceId ?? "0");
    const id = isZero ? undefined : instanceId;
    return { kind: "app", clientSecret, instanceId: id };
  }
  const apiKey = get("WIX_API_KEY");
  const siteId = get("WIX_SITE_ID");
  if (apiKey !== undefined && siteId !== undefined) {
    return { kind: "api-key", apiKey, siteId };
  }
  if (apiKey !== undefined) {
    problems.push(
      "WIX_SITE_ID is not set, but WIX_API_KEY needs it: it is the id after" +
        " /dashboard/ in the dashboard's URL",
    );
  }
  if (siteId !== undefined) {
    problems.push("WIX_API_KEY is not set, but WIX_SITE_ID needs it");
  }
}

function readSessionSecrets(
  { get, problems }: Reader,
  isLocal: boolean,
): readonly string[] {
  const listed = get("SESSION_SECRET");
  if (listed === undefined) {
    const derived = get("WIX_CLIENT_SECRET");
    const weakness = derived ? findWeakness(derived) : "is not set";
    if (derived && weakness === undefined) return [derived];
    problems.push(
      `SESSION_SECRET is not set, and WIX_CLIENT_SECRET, to derive it from, ` +
        `${weakness}: ${MAKE_SECRET}`,
    );
    return [];
  }
  const secrets = listed.split(",").map((secret) => secret.trim());
  secrets.forEach((secret, index) => {
    const which = secrets.length === 1 ? "" : ` (number ${index + 1})`;
    const isGuessable = !isLocal && GUESSABLE.test(secret);
    const weakness = findWeakness(secret) ??
      (isGuessable ? "does not look random" : undefined);
    if (weakness) {
      problems.push(`SESSION_SECRET${which} ${weakness}: ${MAKE_SECRET}`);
    }
  });
  return secrets;
}

/** Returns why a secret is too weak for a key, if it is. */
function findWeakness(secret: string): string | undefined {
  if (secret.length < MIN_SECRET_LENGTH) {
    return `is shorter than ${MIN_SECRET_LENGTH} characters`;
  }
  if (new Set(secret).size < MIN_SECRET_CHARACTERS) {
    return "is too easy to guess";
  }
}

function readVariable(name: string): string | undefined {
  try {
    return Deno.env.get(name);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotCapable)) throw error;
    throw new ConfigError([
      `${name} may not be read: run the app with \`deno task serve\`, or ` +
      "with --allow-env",
    ]);
  }
}
