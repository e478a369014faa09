// Checks this machine, the credentials and the site.

import type { ElevatedCredentials } from "../config/read_config.ts";
import { type CallWix, checked, refusalIn, textAt } from "./call_wix.ts";
import { type Finding, ok, problem, unknown } from "./finding.ts";

const HEADLESS_SETTINGS =
  "the site's dashboard, Settings > Development & integrations > Headless Settings";

/** Returns where in the dashboard a section of one client's settings is. */
export function clientSection(section: string): string {
  return `${HEADLESS_SETTINGS} > the client's Settings > ${section}`;
}

/** A slow reply can't explain more. */
const CLOCK_TOLERANCE_SECONDS = 60;

/** Compares this machine's clock with a reply's `Date` header. */
export function checkClock(date: string | null, now = Date.now()): Finding {
  const ahead = Math.round((now - Date.parse(date ?? "")) / 1000);
  if (Number.isNaN(ahead)) {
    return unknown("the clock is correct", "Wix's reply had no date");
  }
  if (Math.abs(ahead) <= CLOCK_TOLERANCE_SECONDS) {
    return ok("This machine's clock is correct.");
  }
  const minutes = Math.round(Math.abs(ahead) / 60);
  const where = ahead > 0 ? "ahead of" : "behind";
  return problem(
    `This machine's clock is about ${minutes} min ${where} Wix's.`,
    "Set the clock with NTP: with a wrong clock, sessions and tokens end " +
      "too early or are used for too long.",
  );
}

/** The result of requesting a token. */
export interface Grant {
  readonly finding: Finding;
  readonly accessToken?: string | undefined;
  /** The reply's `Date` header. */
  readonly date?: string | null;
}

/** Requests a new visitor's tokens, which takes the client id only. */
export async function checkClientId(
  call: CallWix,
  clientId: string,
): Promise<Grant> {
  return await checkGrant(call, { clientId, grantType: "anonymous" }, {
    variable: "WIX_CLIENT_ID",
    says: " and starts visitor sessions",
    todo: `Copy the client id from ${HEADLESS_SETTINGS}, or run ` +
      "`wix env pull` in the project that it belongs to.",
  });
}

/** Requests the app's own token, which elevated calls are made with. */
export async function checkClientSecret(
  call: CallWix,
  clientId: string,
  { clientSecret, instanceId }: Extract<ElevatedCredentials, { kind: "app" }>,
): Promise<Grant> {
  const request = {
    grant_type: "client_credentials",
    client_id: clientId,
    client_secret: clientSecret,
  };
  const secret = await checkGrant(call, request, {
    variable: "WIX_CLIENT_SECRET",
    says: ": elevated calls work",
    todo: `Create a new secret in ${clientSection("Client secret")}, or run ` +
      "`wix env pull`. Elevated calls fail until then.",
  });
  if (!instanceId?.match(/[^0-]/) || !secret.accessToken) return secret;
  const { finding } = await checkGrant(
    call,
    { ...request, instance_id: instanceId },
    {
      variable: "WIX_CLIENT_INSTANCE_ID",
      says: "",
      todo: "Remove the variable: a client belongs to one site, so elevated " +
        "calls need no instance id.",
    },
  );
  return finding.outcome === "ok" ? secret : { ...secret, finding };
}

async function checkGrant(
  call: CallWix,
  request: Record<string, string>,
  { variable, says, todo }: { variable: string; says: string; todo: string },
): Promise<Grant> {
  let token: Omit<Grant, "finding"> = {};
  const finding = await checked(`Wix accepts ${variable}`, async () => {
    const reply = await call("/oauth2/token", { body: request });
    const accessToken = textAt(reply.body, "access_token");
    token = { accessToken, date: reply.headers.get("date") };
    return accessToken !== undefined
      ? ok(`Wix accepts ${variable}${says}.`)
      : problem(`Wix refused ${variable} (${refusalIn(reply)}).`, todo);
  });
  return { finding, ...token };
}

/**
 * A check by calls with these headers: the app's, and a visitor's for checks of
 * a site's own where there are no credentials. Wrap it in {@link checked}.
 */
export type Check = (
  call: CallWix,
  headers: Record<string, string>,
) => Promise<Finding>;

/** Makes a call that only an API key, an app or a Wix user may make. */
export const checkApiKey: Check = (call, headers) =>
  checked("Wix accepts WIX_API_KEY", async () => {
    const reply = await call("/site-properties/v4/properties", { headers });
    return reply.status === 200
      ? ok("Wix accepts WIX_API_KEY for WIX_SITE_ID: elevated calls work.")
      : problem(
        `Wix refused WIX_API_KEY for WIX_SITE_ID (${refusalIn(reply)}).`,
        "Create a key for this site in the API Keys Manager of the Wix " +
          "account, with the permissions that your elevated calls need. The " +
          "site's id follows /dashboard/ in the dashboard's URL.",
      );
  });

/** The finding without credentials for elevated calls. */
export const SITE_UNCHECKED: Finding = unknown(
  "the site is published and has the Members Area",
  "this needs an elevated call",
  "Set WIX_CLIENT_SECRET, or WIX_API_KEY with WIX_SITE_ID, and run the doctor again.",
);

/** Requests the site's address, which only a published one has. */
export const checkPublished: Check = (call, headers) => {
  const subject = "the site is published";
  return checked(subject, async () => {
    const reply = await call("/apps/v1/instance", { headers });
    const { site } = Object(reply.body);
    if (reply.status !== 200 || !site) {
      return unknown(subject, `Wix responded ${refusalIn(reply)}`);
    }
    const url = textAt(site, "url");
    return url !== undefined ? ok(`The site is published at ${url}.`) : problem(
      "The site is not published, so its login page does not open.",
      "Open the site's dashboard and publish it. It can stay as it is: " +
        "visitors of your app don't see it.",
    );
  });
};

const ADD_MEMBERS_AREA = "In the site's dashboard, open Apps > App Market, " +
  'search for "Wix Members Area" and add it to the site.';

/** Requests any member: without the Members Area members have no profile. */
export const checkMembersArea: Check = (call, headers) => {
  const subject = "the Members Area is installed";
  return checked(subject, async () => {
    const body = { fieldsets: ["FULL"], query: { paging: { limit: 1 } } };
    const reply = await call("/members/v1/members/query", { body, headers });
    const { members } = Object(reply.body);
    const todo = `Without it, members have no names. ${ADD_MEMBERS_AREA}`;
    if (reply.status !== 200 || !Array.isArray(members)) {
      return unknown(subject, `Wix responded ${refusalIn(reply)}`, todo);
    }
    const [member] = members;
    if (member === undefined) {
      return unknown(subject, "the site has no members yet", todo);
    }
    return textAt(member, "profile", "nickname") ??
        textAt(member, "profile", "slug")
      ? ok("The Members Area is installed: members have profiles.")
      : problem(
        "Members have no profiles: the Members Area is not installed.",
        ADD_MEMBERS_AREA,
      );
  });
};
