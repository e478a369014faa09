import type { Fault } from "@/packages/local-wix/src/mod.ts";
import type { Browser, Page } from "../helpers/browser.ts";
import {
  ANN,
  BEN,
  logIn,
  LOGOUT_FORM,
  type Site,
  startSite,
} from "../helpers/site.ts";
import type { Report, Suite } from "./suite.ts";

/** No answer may take longer, whatever Wix does. */
const MAX_MILLISECONDS = 8_000;

/** Every fault of Wix at every phase of a session. */
export const suite: Suite = {
  goal: "G4",
  title: "faults of Wix log nobody out, and answers come within 8 s",
  async run(report) {
    await Promise.all(PHASES.map((phase) => tryPhase(phase, report)));
    await unreachable(report);
    await logoutWhileWixHangs(report);
    await renewalWhileTokensHang(report);
  },
};

type FaultRow = readonly [id: string, fault: Fault, tokensOnly?: "tokens"];

/** So that an endpoint that was asked to be left alone is free again. */
const NO_WAIT = { "retry-after": "0" };

const FAULTS: readonly FaultRow[] = [
  ["U2 reset before a byte", { kind: "reset" }],
  ["U4 reset in the body", { kind: "truncated" }],
  ["U6 no answer", { hang: true }],
  ["U6 a trickle", { kind: "trickle", trickleMs: 30_000 }],
  ["U8 429", { status: 429, headers: NO_WAIT }],
  ["U12 a 503 page", { kind: "html", status: 503 }],
  ["U12 a 500", { status: 500 }],
  ["U12 a 502 page", { kind: "html", status: 502 }],
  ["U14 truncated JSON", { kind: "badJson" }],
  ["U16 a page instead of JSON", { kind: "html" }],
  ["U16 an empty 200", { kind: "empty" }],
  ["U20 a gzip bomb", { kind: "gzipBomb" }],
  ["U20 an endless answer", { kind: "huge" }],
  ["U21 a redirect", { kind: "redirect", location: "https://evil.example/" }],
  ["U17 {}", { status: 200, body: {} }, "tokens"],
  [
    "U17 a token that is a number",
    { kind: "fields", fields: { access_token: 5 } },
    "tokens",
  ],
  [
    "U17 an empty token",
    { kind: "fields", fields: { access_token: "" } },
    "tokens",
  ],
  ["U18 no expires_in", { kind: "fields", omit: ["expires_in"] }, "tokens"],
  ...[0, -1, "abc", 1e12].map((expires_in): FaultRow => [
    `U18 expires_in ${expires_in}`,
    { kind: "fields", fields: { expires_in } },
    "tokens",
  ]),
  [
    "U28 another error code",
    { status: 400, body: { error: "server_error" } },
    "tokens",
  ],
];

interface Phase {
  readonly name: string;
  /** Grant or route that is at fault. */
  readonly target: string;
  /** Whether the answer that is at fault is one of the token endpoint. */
  readonly tokens: boolean;
  /** Who they are before, and have to be afterwards. */
  readonly kind: "visitor" | "member";
  /** Makes the request that meets the fault. */
  attack(site: Site, browser: Browser): Promise<Page>;
  /** Makes a request that has to work when the fault is over. */
  recover(browser: Browser): Promise<Page>;
}

const openOrders = (browser: Browser) => browser.request("/account/orders");
const openMembers = (browser: Browser) => browser.request("/members");
const QUERY_BADGES = "POST /badges/v4/badges/query";
const openElevated = (browser: Browser) => browser.request("/account/vip");

const PHASES: readonly Phase[] = [
  {
    name: "visitor mint",
    target: "anonymous",
    tokens: true,
    kind: "visitor",
    attack: (_site, browser) => openMembers(browser),
    recover: openMembers,
  },
  {
    name: "code exchange",
    target: "authorization_code",
    tokens: true,
    kind: "visitor",
    attack: (_site, browser) => logIn(browser, "/api/auth/login", ANN),
    recover: openMembers,
  },
  {
    name: "refresh",
    target: "refresh_token",
    tokens: true,
    kind: "member",
    async attack(site, browser) {
      site.wix.controls.expireAccessTokens();
      return await openOrders(browser);
    },
    recover: openOrders,
  },
  {
    name: "SDK read",
    target: "POST /ecom/v1/orders/search",
    tokens: false,
    kind: "member",
    attack: (_site, browser) => openOrders(browser),
    recover: openOrders,
  },
  {
    name: "SDK read by GET",
    target: "GET /members/v1/members/my",
    tokens: false,
    kind: "member",
    attack: (_site, browser) => browser.request("/account"),
    recover: (browser) => browser.request("/account"),
  },
  {
    name: "elevated call",
    target: QUERY_BADGES,
    tokens: false,
    kind: "member",
    attack: (_site, browser) => openElevated(browser),
    recover: openElevated,
  },
];

async function tryPhase(phase: Phase, report: Report): Promise<void> {
  await using site = await startSite();
  for (const [id, fault, tokensOnly] of FAULTS) {
    if (tokensOnly === "tokens" && !phase.tokens) continue;
    const problem = await tryFault(site, phase, fault).catch(String);
    report.case(`${id} at ${phase.name}`, problem);
  }
}

async function tryFault(
  site: Site,
  phase: Phase,
  fault: Fault,
): Promise<string | undefined> {
  const { controls } = site.wix;
  const browser = phase.kind === "member"
    ? await site.member(ANN)
    : site.visitor();
  controls.failNext(phase.target, { ...fault, times: "always" });
  const before = tries(site, phase.target);
  const startedAt = performance.now();
  const answer = await phase.attack(site, browser);
  const took = performance.now() - startedAt;
  const tried = tries(site, phase.target) - before;
  controls.clearFaults();

  if (![400, 500, 503].includes(answer.status)) {
    return `answered ${answer.status}`;
  }
  if (/<html>busy|evil\.example/.test(answer.body)) return "echoed Wix";
  if (took > MAX_MILLISECONDS) return `took ${Math.round(took)} ms`;
  if (tried > 2) return `${tried} tries`;
  const { kind } = JSON.parse((await browser.request("/api/session")).body);
  if (kind !== phase.kind) return `a ${phase.kind} became a ${kind}`;
  // U26: nobody has to log in again when Wix is back.
  const { status } = await phase.recover(browser);
  return status === 200 ? undefined : `${status} after the fault was over`;
}

function tries(site: Site, target: string): number {
  const { grants, routes } = site.wix.controls.counters;
  const all: Record<string, number> = { ...grants, ...routes };
  return all[target] ?? NaN;
}

/** U2: nothing listens at all. */
async function unreachable(report: Report): Promise<void> {
  await using site = await startSite();
  const browser = await site.member(ANN);
  await site.wix.close();
  const pages: [path: string, status: number][] = [
    ["/", 200],
    ["/api/session", 200],
    ["/healthz", 200],
    ["/account/orders", 503],
    ["/api/orders", 503],
    ["/api/site-properties", 503],
    ["/api/auth/login", 503],
  ];
  for (const [path, wanted] of pages) {
    const { status } = await browser.request(path);
    report.case(
      `U2 refused connection, ${path}`,
      status === wanted ? undefined : `answered ${status}`,
    );
  }
  const { kind } = JSON.parse((await browser.request("/api/session")).body);
  report.case("U2 still a member", kind === "member" ? undefined : kind);
}

/** Somebody who logs out, or whose token still lives, waits no longer. */
const MAX_IMPATIENT_MILLISECONDS = 2_500;

async function logoutWhileWixHangs(report: Report): Promise<void> {
  await using site = await startSite();
  const browser = await site.member(ANN);
  const home = await browser.open("/");
  for (const path of ["/headless/v1", "/_api/redirects-api/v1"]) {
    site.wix.controls.failNext(`POST ${path}/redirect-session`, {
      hang: true,
      times: "always",
    });
  }
  const startedAt = performance.now();
  await browser.submit(home, LOGOUT_FORM);
  const took = performance.now() - startedAt;
  const { kind } = JSON.parse((await browser.request("/api/session")).body);
  report.case(
    "U6 no answer at logout",
    kind !== "visitor"
      ? `still a ${kind}`
      : took > MAX_IMPATIENT_MILLISECONDS
      ? `took ${Math.round(took)} ms`
      : undefined,
  );
}

async function renewalWhileTokensHang(report: Report): Promise<void> {
  await using site = await startSite();
  // In the margin of the renewal from the start.
  site.wix.controls.accessTokenSeconds = 60;
  const [first, second] = [await site.member(ANN), await site.member(BEN)];
  site.wix.controls.failNext("refresh_token", { hang: true, times: "always" });
  await openOrders(first);
  const startedAt = performance.now();
  const { status } = await openOrders(second);
  const took = performance.now() - startedAt;
  report.case(
    "U6 no answer to the renewal of a token that lives",
    status !== 200
      ? `answered ${status}`
      : took > MAX_IMPATIENT_MILLISECONDS
      ? `took ${Math.round(took)} ms`
      : undefined,
  );
}
