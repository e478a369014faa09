/**
 * Whether Wix accepts the credentials.
 *
 * @see RFC 6749 §4.4
 * @module
 */
import type { ElevatedCredentials } from "../config/read_config.ts";
import { type AskWix, refusalOf, type Silence, textOf } from "./ask_wix.ts";
import { clientSection, HEADLESS_SETTINGS } from "./dashboard.ts";
import type { Finding } from "./finding.ts";

/** A finding, and the access token that came of it. */
export interface Checked {
  readonly finding: Finding;
  readonly accessToken?: string;
  /** The answer's `Date` header. */
  readonly date?: string | null;
}

const TOKEN_PATH = "/oauth2/token";
const ZERO_GUID = /^[0-]+$/;
const REMOVE_INSTANCE_ID = "Remove the variable: one client is on one site, " +
  "and elevated calls need no instance id.";

/** Asks for a new visitor's tokens, which takes the client id only. */
export async function checkClientId(
  ask: AskWix,
  clientId: string,
): Promise<Checked> {
  const reply = await ask(TOKEN_PATH, {
    body: { clientId, grantType: "anonymous" },
  });
  if (reply.kind === "silence") {
    return { finding: unasked("Wix accepts WIX_CLIENT_ID", reply) };
  }
  const date = reply.headers.get("date");
  const accessToken = textOf(reply.body.access_token);
  if (accessToken === undefined) {
    return {
      date,
      finding: {
        outcome: "problem",
        says: `Wix refused WIX_CLIENT_ID (${refusalOf(reply)}).`,
        todo: `Copy the client id from ${HEADLESS_SETTINGS}, or run ` +
          "`wix env pull` in the project that it belongs to.",
      },
    };
  }
  const finding = {
    outcome: "ok",
    says: "Wix accepts WIX_CLIENT_ID, and gives visitors a session.",
  } as const;
  return { date, accessToken, finding };
}

/** Asks for the app's own token, which elevated calls are made with. */
export async function checkClientSecret(
  ask: AskWix,
  clientId: string,
  clientSecret: string,
): Promise<Checked> {
  const reply = await ask(TOKEN_PATH, {
    body: clientCredentials(clientId, clientSecret),
  });
  if (reply.kind === "silence") {
    return { finding: unasked("Wix accepts WIX_CLIENT_SECRET", reply) };
  }
  const accessToken = textOf(reply.body.access_token);
  if (accessToken === undefined) {
    return {
      finding: {
        outcome: "problem",
        says: `Wix refused WIX_CLIENT_SECRET (${refusalOf(reply)}).`,
        todo:
          `Make a new secret in ${clientSection("Client secret")}, or run ` +
          "`wix env pull`. Elevated calls fail until then.",
      },
    };
  }
  const finding = {
    outcome: "ok",
    says: "Wix accepts WIX_CLIENT_SECRET: elevated calls work.",
  } as const;
  return { accessToken, finding };
}

/** The finding about an instance id of zeros, which some hosts hand out. */
export function zeroInstanceId(instanceId: string): Finding | undefined {
  if (!ZERO_GUID.test(instanceId)) return undefined;
  return {
    outcome: "problem",
    says: "WIX_CLIENT_INSTANCE_ID is all zeros, which is no instance.",
    todo: REMOVE_INSTANCE_ID,
  };
}

/** Asks with the instance id what has been granted without it. */
export async function checkInstanceId(
  ask: AskWix,
  instanceId: string,
  { clientId, clientSecret }: { clientId: string; clientSecret: string },
): Promise<Finding> {
  const reply = await ask(TOKEN_PATH, {
    body: {
      ...clientCredentials(clientId, clientSecret),
      instance_id: instanceId,
    },
  });
  if (reply.kind === "silence") {
    return unasked("Wix accepts WIX_CLIENT_INSTANCE_ID", reply);
  }
  return textOf(reply.body.access_token) === undefined
    ? {
      outcome: "problem",
      says: `Wix refused WIX_CLIENT_INSTANCE_ID (${refusalOf(reply)}).`,
      todo: REMOVE_INSTANCE_ID,
    }
    : { outcome: "ok", says: "Wix accepts WIX_CLIENT_INSTANCE_ID." };
}

/** Asks what only an API key, an app or a Wix user may. */
export async function checkApiKey(
  ask: AskWix,
  credentials: Extract<ElevatedCredentials, { kind: "api-key" }>,
): Promise<Finding> {
  const reply = await ask("/site-properties/v4/properties", {
    headers: apiKeyHeaders(credentials),
  });
  if (reply.kind === "silence") {
    return unasked("Wix accepts WIX_API_KEY", reply);
  }
  return reply.status === 200
    ? {
      outcome: "ok",
      says: "Wix accepts WIX_API_KEY for WIX_SITE_ID: elevated calls work.",
    }
    : {
      outcome: "problem",
      says: `Wix refused WIX_API_KEY for WIX_SITE_ID (${refusalOf(reply)}).`,
      todo: "Make a key in the API Keys Manager of the Wix account, with the " +
        "permissions that your elevated calls need and for this site. The " +
        "site's id stands after /dashboard/ in the dashboard's address.",
    };
}

/** Headers of a call that is made with an API key. */
export function apiKeyHeaders(
  { apiKey, siteId }: { apiKey: string; siteId: string },
): Record<string, string> {
  return { authorization: apiKey, "wix-site-id": siteId };
}

/** Returns the finding that Wix did not answer. */
export function unasked(what: string, { why }: Silence): Finding {
  return {
    outcome: "unasked",
    says: `Whether ${what} could not be checked: ${why}.`,
    todo: "Try again in a moment. If it stays, look at the network here and " +
      "at https://status.wix.com.",
  };
}

function clientCredentials(clientId: string, clientSecret: string) {
  return {
    grant_type: "client_credentials",
    client_id: clientId,
    client_secret: clientSecret,
  };
}
