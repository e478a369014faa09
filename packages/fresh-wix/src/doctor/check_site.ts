/**
 * Whether the site has what members need.
 *
 * @module
 */
import {
  type AskWix,
  objectOf,
  refusalOf,
  type Reply,
  textOf,
} from "./ask_wix.ts";
import { unasked } from "./check_credentials.ts";
import type { Finding } from "./finding.ts";

const MEMBERS_AREA = "the Members Area";
const ADD_MEMBERS_AREA = "In the site's dashboard, open Apps > App Market, " +
  'search for "Wix Members Area" and add it to the site.';

/**
 * Asks for the site's address, which only a published one has.
 *
 * @param headers Of a call that is made as the app.
 * @see https://dev.wix.com/docs/rest/app-management/app-instance/get-app-instance
 */
export async function checkPublished(
  ask: AskWix,
  headers: Record<string, string>,
): Promise<Finding> {
  const reply = await ask("/apps/v1/instance", { headers });
  if (reply.kind === "silence") {
    return unasked("the site is published", reply);
  }
  const site = objectOf(reply.body.site);
  if (reply.status !== 200 || site === undefined) {
    return unknown("the site is published", reply);
  }
  return textOf(site.url) === undefined
    ? {
      outcome: "problem",
      says: "The site is not published, so its login page does not open.",
      todo: "Open the site's dashboard and publish it, if only as it is: " +
        "visitors of your app do not see it.",
    }
    : { outcome: "ok", says: `The site is published at ${site.url}.` };
}

/**
 * Asks for any member: without the Members Area members have no profile.
 *
 * @param headers Of an elevated call.
 */
export async function checkMembersArea(
  ask: AskWix,
  headers: Record<string, string>,
): Promise<Finding> {
  const reply = await ask("/members/v1/members/query", {
    body: { fieldsets: ["FULL"], query: { paging: { limit: 1 } } },
    headers,
  });
  if (reply.kind === "silence") {
    return unasked(`${MEMBERS_AREA} is there`, reply);
  }
  const { members } = reply.body;
  if (reply.status !== 200 || !Array.isArray(members)) {
    return unknown(`${MEMBERS_AREA} is there`, reply, ADD_MEMBERS_AREA);
  }
  const member = objectOf(members[0]);
  if (member === undefined) {
    return {
      outcome: "unknown",
      says: `Whether ${MEMBERS_AREA} is there could not be checked: ` +
        "the site has no members yet.",
      todo: `Without it members have no name. ${ADD_MEMBERS_AREA}`,
    };
  }
  const profile = objectOf(member.profile) ?? {};
  return textOf(profile.nickname) ?? textOf(profile.slug)
    ? {
      outcome: "ok",
      says: "The Members Area is there: members have profiles.",
    }
    : {
      outcome: "problem",
      says: "Members have no profiles: the Members Area is not installed.",
      todo: ADD_MEMBERS_AREA,
    };
}

/** The finding without credentials for elevated calls. */
export const CANNOT_ASK_ABOUT_SITE: Finding = {
  outcome: "unknown",
  says: "Whether the site is published and has the Members Area could not " +
    "be checked: that takes an elevated call.",
  todo: "Set WIX_CLIENT_SECRET, or WIX_API_KEY with WIX_SITE_ID, and run " +
    "this again.",
};

function unknown(
  what: string,
  reply: Extract<Reply, { kind: "answer" }>,
  todo?: string,
): Finding {
  return {
    outcome: "unknown",
    says: `Whether ${what} could not be checked: Wix answered ${
      refusalOf(reply)
    }.`,
    ...(todo !== undefined && { todo }),
  };
}
