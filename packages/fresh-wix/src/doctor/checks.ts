/**
 * Whether this machine, the credentials and the site are as the app needs them.
 *
 * @module
 */
import type { ElevatedCredentials } from "../config/read_config.ts";
import { type AskWix, checked, refusalIn, textAt } from "./ask_wix.ts";
import type { Finding } from "./finding.ts";

const HEADLESS_SETTINGS =
  "the site's dashboard, Settings > Development & integrations > Headless Settings";

/** Returns where in the dashboard a section of one client's settings is. */
export function clientSection(section: string): string {
  return `${HEADLESS_SETTINGS} > the client's Settings > ${section}`;
}

/** Words, sequences of keys and repetitions that people make secrets of. */
const MADE_UP =
  /secret|passw|change.?me|example|session|cookie|qwert|letmein|123456|abcdefg|(.{5,})\1/i;

/** Judges `SESSION_SECRET`; its length is the settings' own concern. */
export function checkSecrets(listed: string): Finding {
  const secrets = listed.split(",");
  const guessable = secrets.findIndex((secret) => MADE_UP.test(secret));
  if (guessable < 0) {
    return { outcome: "ok", says: "SESSION_SECRET looks random." };
  }
  const which = secrets.length === 1 ? "" : ` (number ${guessable + 1})`;
  return {
    outcome: "problem",
    says: `SESSION_SECRET${which} reads as if somebody had made it up.`,
    todo:
      "Whoever guesses it can make sessions of anybody. Make another with " +
      "`openssl rand -base64 48`, and set it in place of this one, not beside " +
      "it: everybody logs in again.",
  };
}

/** More is no matter of a slow answer. */
const CLOCK_TOLERANCE_SECONDS = 60;

/** Compares this machine's clock with an answer's `Date` header. */
export function checkClock(date: string | null, now = Date.now()): Finding {
  const ahead = Math.round((now - Date.parse(date ?? "")) / 1000);
  if (Number.isNaN(ahead)) {
    return {
      outcome: "unknown",
      says: "Whether the clock is right could not be checked: " +
        "Wix's answer had no date.",
    };
  }
  if (Math.abs(ahead) <= CLOCK_TOLERANCE_SECONDS) {
    return { outcome: "ok", says: "The clock of this machine is right." };
  }
  const minutes = Math.round(Math.abs(ahead) / 60);
  const where = ahead > 0 ? "ahead of" : "behind";
  return {
    outcome: "problem",
    says: `The clock of this machine is about ${minutes} min ${where} Wix's.`,
    todo: "Let the machine set its clock by NTP: sessions and tokens are " +
      "judged by it, and would end too early or be used for too long.",
  };
}

/** What came of asking for a token. */
export interface Grant {
  readonly finding: Finding;
  readonly accessToken?: string | undefined;
  /** The answer's `Date` header. */
  readonly date?: string | null;
}

/** Asks for a new visitor's tokens, which takes the client id only. */
export async function checkClientId(
  ask: AskWix,
  clientId: string,
): Promise<Grant> {
  return await checkGrant(ask, { clientId, grantType: "anonymous" }, {
    variable: "WIX_CLIENT_ID",
    says: ", and gives visitors a session",
    todo: `Copy the client id from ${HEADLESS_SETTINGS}, or run ` +
      "`wix env pull` in the project that it belongs to.",
  });
}

/** Asks for the app's own token, which elevated calls are made with. */
export async function checkClientSecret(
  ask: AskWix,
  clientId: string,
  { clientSecret, instanceId }: Extract<ElevatedCredentials, { kind: "app" }>,
): Promise<Grant> {
  const request = {
    grant_type: "client_credentials",
    client_id: clientId,
    client_secret: clientSecret,
  };
  const secret = await checkGrant(ask, request, {
    variable: "WIX_CLIENT_SECRET",
    says: ": elevated calls work",
    todo: `Make a new secret in ${clientSection("Client secret")}, or run ` +
      "`wix env pull`. Elevated calls fail until then.",
  });
  if (instanceId === undefined || secret.accessToken === undefined) {
    return secret;
  }
  const instance = await checkGrant(ask, {
    ...request,
    instance_id: instanceId,
  }, {
    variable: "WIX_CLIENT_INSTANCE_ID",
    says: "",
    todo:
      "Remove the variable: one client is on one site, and elevated calls " +
      "need no instance id.",
  });
  return instance.finding.outcome === "ok"
    ? secret
    : { ...secret, finding: instance.finding };
}

async function checkGrant(
  ask: AskWix,
  request: Record<string, string>,
  { variable, says, todo }: { variable: string; says: string; todo: string },
): Promise<Grant> {
  let token: Omit<Grant, "finding"> = {};
  const finding = await checked(`Wix accepts ${variable}`, async () => {
    const answer = await ask("/oauth2/token", { body: request });
    const accessToken = textAt(answer.body, "access_token");
    token = { accessToken, date: answer.headers.get("date") };
    return accessToken !== undefined
      ? { outcome: "ok", says: `Wix accepts ${variable}${says}.` }
      : {
        outcome: "problem",
        says: `Wix refused ${variable} (${refusalIn(answer)}).`,
        todo,
      };
  });
  return { finding, ...token };
}

/** Asks what only an API key, an app or a Wix user may. */
export function checkApiKey(
  ask: AskWix,
  headers: Record<string, string>,
): Promise<Finding> {
  return checked("Wix accepts WIX_API_KEY", async () => {
    const answer = await ask("/site-properties/v4/properties", { headers });
    return answer.status === 200
      ? {
        outcome: "ok",
        says: "Wix accepts WIX_API_KEY for WIX_SITE_ID: elevated calls work.",
      }
      : {
        outcome: "problem",
        says: `Wix refused WIX_API_KEY for WIX_SITE_ID (${refusalIn(answer)}).`,
        todo: "Make a key in the API Keys Manager of the Wix account, with " +
          "the permissions that your elevated calls need and for this site. " +
          "The site's id stands after /dashboard/ in the dashboard's address.",
      };
  });
}

const PUBLISHED = "the site is published";
const MEMBERS_AREA = "the Members Area is there";
const ADD_MEMBERS_AREA = "In the site's dashboard, open Apps > App Market, " +
  'search for "Wix Members Area" and add it to the site.';

/** The finding without credentials for elevated calls. */
export const CANNOT_ASK_ABOUT_SITE: Finding = {
  outcome: "unknown",
  says: "Whether the site is published and has the Members Area could not " +
    "be checked: that takes an elevated call.",
  todo: "Set WIX_CLIENT_SECRET, or WIX_API_KEY with WIX_SITE_ID, and run " +
    "this again.",
};

/**
 * Asks for the site's address, which only a published one has.
 *
 * @param headers Of an elevated call.
 * @see https://dev.wix.com/docs/rest/app-management/app-instance/get-app-instance
 */
export function checkPublished(
  ask: AskWix,
  headers: Record<string, string>,
): Promise<Finding> {
  return checked(PUBLISHED, async () => {
    const answer = await ask("/apps/v1/instance", { headers });
    const { site } = Object(answer.body);
    if (answer.status !== 200 || !site) {
      return unknown(PUBLISHED, `Wix answered ${refusalIn(answer)}`);
    }
    const url = textAt(site, "url");
    return url !== undefined
      ? { outcome: "ok", says: `The site is published at ${url}.` }
      : {
        outcome: "problem",
        says: "The site is not published, so its login page does not open.",
        todo: "Open the site's dashboard and publish it, if only as it is: " +
          "visitors of your app do not see it.",
      };
  });
}

/**
 * Asks for any member: without the Members Area members have no profile.
 *
 * @param headers Of an elevated call.
 */
export function checkMembersArea(
  ask: AskWix,
  headers: Record<string, string>,
): Promise<Finding> {
  return checked(MEMBERS_AREA, async () => {
    const answer = await ask("/members/v1/members/query", {
      body: { fieldsets: ["FULL"], query: { paging: { limit: 1 } } },
      headers,
    });
    const { members } = Object(answer.body);
    const todo = `Without it members have no name. ${ADD_MEMBERS_AREA}`;
    if (answer.status !== 200 || !Array.isArray(members)) {
      return unknown(MEMBERS_AREA, `Wix answered ${refusalIn(answer)}`, todo);
    }
    const [member] = members;
    if (member === undefined) {
      return unknown(MEMBERS_AREA, "the site has no members yet", todo);
    }
    return textAt(member, "profile", "nickname") ??
        textAt(member, "profile", "slug")
      ? {
        outcome: "ok",
        says: "The Members Area is there: members have profiles.",
      }
      : {
        outcome: "problem",
        says: "Members have no profiles: the Members Area is not installed.",
        todo: ADD_MEMBERS_AREA,
      };
  });
}

function unknown(what: string, why: string, todo?: string): Finding {
  const says = `Whether ${what} could not be checked: ${why}.`;
  return { outcome: "unknown", says, ...todo !== undefined && { todo } };
}
