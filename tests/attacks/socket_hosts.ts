/**
 * Rows H over a socket: what a request says about who we are and who asks.
 *
 * @module
 */
import { ANN } from "../helpers/site.ts";
import { alwaysProblem, firstProblem } from "./always.ts";
import { identityOf } from "./login_over_wire.ts";
import type { SocketBench } from "./socket_bench.ts";
import type { Report } from "./suite.ts";
import {
  type HeaderLines,
  send,
  sendWith,
  type WireAnswer,
  WireJar,
  type WireRequest,
} from "./wire.ts";

/** Tries hosts, forwarding headers and Authorization. */
export async function tryHosts(
  report: Report,
  bench: SocketBench,
): Promise<void> {
  await tryIgnored(report, bench);
  await tryBadHosts(report, bench);
  await tryAuthorization(report, bench);
}

interface Disguise {
  readonly title: string;
  readonly host?: string;
  readonly headers?: HeaderLines;
  /** Put in front of the path: the absolute form of a request target. */
  readonly authority?: string;
}

const FIFTY = Array.from({ length: 50 }, (_, index) => `10.0.0.${index}`)
  .join();

/** None of these says who we are: H1, H5, H6, H8 to H10. */
const DISGUISES: readonly Disguise[] = [
  { title: "H1 Host evil.com", host: "evil.com" },
  { title: "H1 Host evil.com:80", host: "evil.com:80" },
  { title: "H5 an absolute target", authority: "http://evil.com" },
  { title: "H5 one with https", authority: "https://evil.com" },
  ...([
    ["H6", "X-Forwarded-Host", "evil.com"],
    ["H6", "X-Forwarded-Host", "evil.com, localhost"],
    ["H6", "X-Forwarded-Host", "evil.com/x?y="],
    ["H6", "X-Forwarded-Proto", "https"],
    ["H6", "X-Forwarded-Port", "8443"],
    ["H8", "X-Forwarded-For", FIFTY],
    ["H9", "Forwarded", "host=evil.com;proto=https"],
    ["H9", "X-Original-URL", "/account"],
    ["H9", "X-Rewrite-URL", "/account"],
    ["H9", "X-Forwarded-Uri", "/account"],
    ["H9", "X-Forwarded-Prefix", "//evil.com"],
    ["H9", "X-HTTP-Host-Override", "evil.com"],
    ["H10", "X_Forwarded_Host", "evil.com"],
  ] as const).map(([id, name, value]) => ({
    title: `${id} ${name}: ${value.slice(0, 30)}`,
    headers: [[name, value]] as const,
  })),
];

async function tryIgnored(report: Report, bench: SocketBench): Promise<void> {
  for (const disguise of DISGUISES) {
    report.case(
      `${disguise.title} on pages`,
      await pagesProblem(bench, disguise),
    );
    report.case(
      `${disguise.title} through a login and a logout`,
      await loginProblem(bench, disguise),
    );
  }
}

function disguised(
  request: WireRequest,
  { host, headers = [], authority = "" }: Disguise,
): WireRequest {
  return {
    ...request,
    target: authority + request.target,
    headers: [...request.headers ?? [], ...headers],
    ...(host !== undefined && { host }),
  };
}

/** The same answers as without the disguise. */
async function pagesProblem(
  bench: SocketBench,
  disguise: Disguise,
): Promise<string | undefined> {
  for (
    const target of [
      "/",
      "/account",
      "/api/session",
      "/nowhere",
      "/favicon.svg",
    ]
  ) {
    const plain = await send(bench.origin, { target });
    const answer = await send(bench.origin, disguised({ target }, disguise));
    if (answer.status === 421) continue;
    const problem = firstProblem(
      alwaysProblem(answer, { inputs: ["evil.com"] }),
      fingerprint(answer) !== fingerprint(plain) && "another answer",
    );
    if (problem !== undefined) return `${target}: ${problem}`;
  }
  return undefined;
}

/** What must not depend on the disguise: all but the nonce and the date. */
function fingerprint({ status, headers, body }: WireAnswer): string {
  const kept = [...headers].filter(([name]) => name !== "date");
  return JSON.stringify([status, kept, body])
    .replace(/nonce-[0-9a-f]+/g, "nonce")
    .replace(/<code>[0-9a-f]+/g, "reference");
}

async function loginProblem(
  { origin, calls }: SocketBench,
  disguise: Disguise,
): Promise<string | undefined> {
  const jar = new WireJar();
  const callsBefore = calls.length;
  const login = await sendWith(
    jar,
    origin,
    disguised({ target: "/api/auth/login?returnToUrl=/members" }, disguise),
  );
  if (login.status === 421) return undefined;
  const answer = await fetch(login.headers.get("location") ?? "", {
    method: "POST",
    body: new URLSearchParams({ email: ANN, password: "any" }),
    redirect: "manual",
  });
  await answer.body?.cancel();
  const callback = new URL(answer.headers.get("location") ?? "about:blank");
  const back = await sendWith(
    jar,
    origin,
    disguised({ target: callback.pathname + callback.search }, disguise),
  );
  const logout = await sendWith(
    jar,
    origin,
    disguised({
      method: "POST",
      target: "/api/auth/logout",
      headers: [["Origin", origin]],
      body: "",
    }, disguise),
  );
  const end = await fetch(logout.headers.get("location") ?? "", {
    redirect: "manual",
  });
  await end.body?.cancel();
  const passedOn = calls.slice(callsBefore).some(({ headers }) =>
    [...headers].some((header) => header.join(": ").includes("evil.com"))
  );
  return firstProblem(
    callback.origin !== origin && `redirect_uri at ${callback.origin}`,
    back.headers.get("location") !== `${origin}/members` &&
      `callback leads to ${back.headers.get("location")}`,
    !(end.headers.get("location") ?? "").startsWith(`${origin}/api/auth/`) &&
      `logout leads to ${end.headers.get("location")}`,
    passedOn && "evil.com was passed on to Wix",
    ...[login, back, logout].map((one) => alwaysProblem(one)),
  );
}

/** H2, H4: a Host that would move into the path, or is not one. */
async function tryBadHosts(report: Report, bench: SocketBench): Promise<void> {
  const { host } = new URL(bench.origin);
  const requests: [title: string, request: WireRequest][] = [
    ...[
      "evil.com/x?y=",
      "evil.com/account?",
      "evil.com/healthz?x=",
      "evil.com#",
      "evil.com\\account",
      "user@evil.com",
      "user:pass@evil.com",
      "evil.com:99999",
      "evil.com:x",
      "evil com",
      "evil\tcom",
      "[::1",
      "1.2.3.999",
      "%65vil.com",
      "evil.com, evil.com",
      "",
    ].map((bad): [string, WireRequest] => [
      `H2 Host ${JSON.stringify(bad)}`,
      { target: "/account", host: bad },
    ]),
    ["H4 two Host headers", {
      target: "/account",
      headers: [["Host", "evil.com"]],
    }],
    ["H4 ours last", {
      target: "/account",
      host: "evil.com",
      headers: [["Host", host]],
    }],
    ["H4 the same twice", { target: "/account", headers: [["Host", host]] }],
    ["H5 an absolute target that is no URL", {
      target: "http://evil.com:99999/account",
    }],
  ];
  for (const [title, request] of requests) {
    const answer = await send(bench.origin, request);
    report.case(
      title,
      firstProblem(
        answer.status !== 400 && `status ${answer.status}`,
        answer.headers.has("content-security-policy") && "a route ran",
        alwaysProblem(answer),
      ),
    );
  }
}

/** H12: a token in the request is nobody's identity. */
async function tryAuthorization(
  report: Report,
  bench: SocketBench,
): Promise<void> {
  const jar = await bench.member();
  const { tokens } = await bench.sessionOf(jar);
  const values = [
    tokens.accessToken,
    `Bearer ${tokens.accessToken}`,
    "Basic YW5uOmFubg==",
    "evilmarker",
  ];
  for (const value of values) {
    const callsBefore = bench.calls.length;
    const headers: HeaderLines = [["Authorization", value]];
    const { kind } = await identityOf(bench.origin, new WireJar(), headers);
    const page = await send(bench.origin, { target: "/members", headers });
    const account = await send(bench.origin, { target: "/account", headers });
    const calls = bench.calls.slice(callsBefore);
    report.case(
      `H12 Authorization: ${value.slice(0, 12)}`,
      firstProblem(
        kind !== "visitor" && `taken for a ${kind}`,
        page.status !== 200 && `status ${page.status}`,
        account.status !== 303 && `/account answers ${account.status}`,
        calls.some(({ headers: sent }) =>
          sent.get("authorization")?.includes(value) === true
        ) && "passed on to Wix",
        calls.some(({ path }) => path.endsWith("/token-info")) &&
          "Wix was asked about it",
        alwaysProblem(page, { inputs: ["evilmarker"] }),
      ),
    );
  }
}
