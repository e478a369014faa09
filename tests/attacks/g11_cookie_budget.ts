/**
 * G11: what browsers and servers take in cookies is enough, whatever Wix's
 * tokens and people's return URLs are like, and where it is not, that is said.
 *
 * @module
 */
import { RequestCookieJar } from "@/packages/fresh-wix/src/http/cookies.ts";
import { createTransactionStore } from "@/packages/fresh-wix/src/oauth/transaction.ts";
import { safeReturnUrl } from "@/packages/fresh-wix/src/oauth/return_url.ts";
import { createSeal } from "@/packages/fresh-wix/src/session/seal.ts";
import { createSessionStore } from "@/packages/fresh-wix/src/session/session_store.ts";
import type {
  MemberSession,
  Session,
} from "@/packages/fresh-wix/src/session/session.ts";
import { SITE } from "@/packages/local-wix/src/mod.ts";
import { type Site, startSite } from "../helpers/site.ts";
import { alwaysProblem, firstProblem } from "./always.ts";
import {
  identityOf,
  logInOverWire,
  pendingCallback,
} from "./login_over_wire.ts";
import { type Report, seededRandom, type Suite } from "./suite.ts";
import { send, sendWith, type WireAnswer, WireJar } from "./wire.ts";

/** Sizes of cookies, sealed and over a socket. */
export const suite: Suite = {
  goal: "G11",
  title: "cookies: at most 4,096 bytes each, Cookie header under 8 KB",
  async run(report) {
    await measureSessions(report);
    await measureTransactions(report);
    await using site = await startSite();
    await abandonLogins(report, site);
    await loginWithHugeTokens(report, site);
    await refreshWithHugeTokens(report, site);
    await visitWithHugeTokens(report, site);
  },
};

/** RFC 6265bis §5.6: name, value and attributes. */
const MAX_COOKIE_BYTES = 4_096;
/** What servers and proxies commonly take of one header. */
const MAX_HEADER_BYTES = 8_192;
const NOW = 1_800_000_000;
const SECRET = "a secret of more than thirty-two letters";
const ABANDONED_LOGINS = 20;
const seal = createSeal({
  clientId: SITE.clientId,
  sessionSecrets: [SECRET],
});

/** Lengths of access and refresh token; the first two are Wix's own. */
const TOKEN_LENGTHS: readonly (readonly [access: number, refresh: number])[] = [
  [918, 200],
  [1_068, 400],
  [1_500, 800],
  [2_000, 2_000],
  [4_000, 400],
  [5_000, 5_000],
  [10_000, 400],
  [400, 10_000],
  [10_000, 10_000],
];

async function measureSessions(report: Report): Promise<void> {
  const random = seededRandom(11);
  for (const local of [true, false]) {
    for (const [access, refresh] of TOKEN_LENGTHS) {
      const session = sessionWith(
        randomText(access, random),
        randomText(refresh, random),
      );
      report.case(
        `tokens of ${access} and ${refresh}${local ? " on localhost" : ""}`,
        await sessionProblem(session, local),
      );
    }
  }
  // Where one cookie, and the last one, are exactly full.
  for (let length = 10; length < 12_000; length += 97) {
    report.case(
      `an access token of ${length}`,
      await sessionProblem(sessionWith("a".repeat(length), "r"), false),
    );
  }
  const usual = await linesOf(sessionWith("a".repeat(1_068), "r".repeat(400)));
  report.figure(`Wix's own tokens: ${usual.join().length} bytes`);
}

/** Fits and opens again, or says that it is too large. */
async function sessionProblem(
  session: Session,
  local: boolean,
): Promise<string | undefined> {
  const store = createSessionStore({ seal, secureCookies: !local });
  const jar = new RequestCookieJar();
  const change = { current: session, changed: true, loginChanged: false };
  try {
    await store.save(jar, await store.open(jar, NOW), change, NOW);
  } catch (error) {
    return firstProblem(
      !(error instanceof RangeError) && `threw ${error}`,
      jar.outgoingLines().length > 0 && "refused, and yet half written",
      fitsSurely(session) && "refused, though it would fit",
    );
  }
  const browser = new WireJar();
  browser.keep({ headers: jar.outgoing });
  const received = Object.fromEntries(
    browser.names().map((name) => [name, browser.get(name) ?? ""]),
  );
  received[local ? "wix_session" : "__Host-wix_session"] = session.id;
  const opened = await store.open(new RequestCookieJar(received), NOW);
  return firstProblem(
    tooLarge(jar.outgoing),
    JSON.stringify(opened.session) !== JSON.stringify(session) &&
      "does not open as it was",
  );
}

function fitsSurely({ tokens }: Session): boolean {
  return tokens.accessToken.length + tokens.refreshToken.length <= 10_500;
}

/** Login transactions hold return URLs, which people choose. */
async function measureTransactions(report: Report): Promise<void> {
  for (const local of [true, false]) {
    const store = createTransactionStore({ seal, secureCookies: !local });
    const origin = local ? "http://localhost:8000" : "https://shop.example";
    for (const [title, value] of LONG_RETURN_URLS) {
      const jar = new RequestCookieJar();
      const returnUrl = safeReturnUrl(value, origin);
      await store.save(jar, {
        state: "s".repeat(43),
        codeVerifier: "v".repeat(43),
        returnUrl,
        redirectUri: `${origin}/api/auth/callback`,
      }, { now: NOW, crossSite: false });
      report.case(
        `transaction with ${title}${local ? " on localhost" : ""}`,
        tooLarge(jar.outgoing),
      );
    }
  }
}

const LONG_RETURN_URLS: readonly (readonly [title: string, value: string])[] = [
  ["a return URL of 2,000 characters", `/${"a".repeat(1_999)}`],
  ["the longest return URL", `/${"a".repeat(2_047)}`],
  ["a return URL with a long query", `/?q=${"a".repeat(2_000)}`],
  [
    "a return URL with a query of other letters",
    `/?q=${"\u4e2d".repeat(2_000)}`,
  ],
  ["a return URL with a hash of other letters", `/#${"\u4e2d".repeat(2_000)}`],
  ["a return URL with blanks", `/?q=${"a ".repeat(1_000)}`],
];

/** A member who follows login links and never arrives. */
async function abandonLogins(report: Report, site: Site): Promise<void> {
  const { origin } = site.app;
  const returnUrls = [
    ["a short return URL", "/account/orders"],
    ["a return URL of 500 characters", `/?q=${"a".repeat(496)}`],
    ...LONG_RETURN_URLS,
  ] as const;
  for (const [title, returnUrl] of returnUrls) {
    const jar = new WireJar();
    await logInOverWire(origin, jar);
    const query = new URLSearchParams({ returnToUrl: returnUrl }).toString();
    let problem: string | undefined;
    for (let count = 0; count < ABANDONED_LOGINS; count++) {
      const answer = await sendWith(jar, origin, {
        target: `/api/auth/login?${query}`,
      });
      problem ??= firstProblem(
        alwaysProblem(answer),
        answer.status !== 302 && `status ${answer.status}`,
        tooLarge(answer.headers),
      );
    }
    const bytes = jar.header().length;
    // A visitor's first answer that was under way when the member logged in.
    const late = jar.copy();
    late.keep(await send(origin, { target: "/members" }));
    const lateBytes = late.header().length;
    const { kind } = await identityOf(origin, late);
    report.case(
      `C12 ${ABANDONED_LOGINS} abandoned logins with ${title}`,
      firstProblem(
        problem,
        lateBytes <= bytes && "no visitor's cookie beside the member's",
        lateBytes >= MAX_HEADER_BYTES &&
          `a Cookie header of ${bytes} bytes, ${lateBytes} with a visitor's`,
        kind !== "member" && `the member is a ${kind} now`,
      ),
    );
    if (returnUrl === "/account/orders") {
      report.figure(
        `Cookie header after abandoned logins: ${bytes} bytes, ` +
          `${lateBytes} with a late visitor's cookie`,
      );
    }
    report.case(
      `a login with ${title} can be completed`,
      await loginProblem(origin, query),
    );
  }
}

async function loginProblem(
  origin: string,
  query: string,
): Promise<string | undefined> {
  const jar = new WireJar();
  const { login, target } = await pendingCallback(origin, jar, { query });
  // Browsers drop what is over their limit; this jar would keep it.
  const dropped = tooLarge(login.headers);
  if (dropped !== undefined) return dropped;
  const answer = await sendWith(jar, origin, { target });
  return answer.status === 302 ? undefined : `status ${answer.status}`;
}

/** In the refresh token, so that the access token beside it works. */
const HUGE = "JWS.".padEnd(16_000, "x");
/** Said with whatever status, by a page of ours and not by a crash. */
const MAY_5XX = { may5xx: [500, 502, 503] };

async function loginWithHugeTokens(
  report: Report,
  { app: { origin }, wix }: Site,
): Promise<void> {
  const jar = new WireJar();
  const { target } = await pendingCallback(origin, jar);
  const before = jar.copy();
  wix.controls.failNext("authorization_code", {
    kind: "fields",
    fields: { refresh_token: HUGE },
  });
  const answer = await sendWith(jar, origin, { target });
  report.case(
    "a login whose tokens are too large",
    firstProblem(
      clearFailureProblem(answer),
      jar.get("wix_session") !== before.get("wix_session") &&
        "the session is not as before",
    ),
  );
}

async function refreshWithHugeTokens(
  report: Report,
  { app: { origin }, wix }: Site,
): Promise<void> {
  const jar = new WireJar();
  await logInOverWire(origin, jar);
  const before = jar.header();
  wix.controls.expireAccessTokens();
  wix.controls.failNext("refresh_token", {
    kind: "fields",
    fields: { refresh_token: HUGE },
  });
  const answer = await sendWith(jar, origin, { target: "/account" });
  report.case(
    "U17 a refresh whose tokens are too large",
    firstProblem(
      answer.status !== 200 && clearFailureProblem(answer),
      alwaysProblem(answer, MAY_5XX),
      jar.header() !== before && "the session changed",
    ),
  );
  const { kind } = await identityOf(origin, jar);
  report.case(
    "U17 the member is a member afterwards",
    kind === "member" ? undefined : `a ${kind}`,
  );
}

async function visitWithHugeTokens(
  report: Report,
  { app: { origin }, wix }: Site,
): Promise<void> {
  const jar = new WireJar();
  wix.controls.failNext("anonymous", {
    kind: "fields",
    fields: { refresh_token: HUGE },
  });
  const answer = await sendWith(jar, origin, { target: "/members" });
  report.case(
    "a visitor whose tokens are too large",
    firstProblem(
      // The page itself may well be there: the access token is a good one.
      answer.status !== 200 && clearFailureProblem(answer),
      alwaysProblem(answer, MAY_5XX),
      jar.names().length > 0 && "a broken cookie",
    ),
  );
}

/** A page with our face and a reference, and no broken cookie. */
function clearFailureProblem(answer: WireAnswer): string | undefined {
  const { status, headers, body } = answer;
  return firstProblem(
    alwaysProblem(answer, MAY_5XX),
    status < 400 && `status ${status}`,
    tooLarge(headers),
    headers.get("cache-control") !== "private, no-store" &&
      `status ${status} with Cache-Control: ${headers.get("cache-control")}`,
    !body.includes("Reference: <code>") &&
      `status ${status} without our page: ${JSON.stringify(body.slice(0, 60))}`,
  );
}

function tooLarge(headers: Headers): string | undefined {
  const longest = headers.getSetCookie()
    .reduce((most, line) => Math.max(most, line.length), 0);
  return longest > MAX_COOKIE_BYTES
    ? `a cookie of ${longest} bytes`
    : undefined;
}

async function linesOf(session: Session): Promise<string[]> {
  const store = createSessionStore({ seal, secureCookies: true });
  const jar = new RequestCookieJar();
  const change = { current: session, changed: true, loginChanged: false };
  await store.save(jar, await store.open(jar, NOW), change, NOW);
  return jar.outgoingLines();
}

function sessionWith(accessToken: string, refreshToken: string): MemberSession {
  return {
    kind: "member",
    id: "i".repeat(16),
    tokens: { accessToken, refreshToken, expiresAt: NOW + 14_400 },
    startedAt: NOW,
    member: {
      id: "5f0b1c2d-0000-4000-8000-000000000001",
      name: "\u4e2d".repeat(100),
    },
  };
}

function randomText(length: number, random: () => number): string {
  const letters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.";
  return Array.from(
    { length },
    () => letters[Math.floor(random() * letters.length)],
  ).join("");
}
