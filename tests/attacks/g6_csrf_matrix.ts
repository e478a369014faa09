/**
 * G6: which requests of which sites are answered. What is expected stands in
 * tables that were written from the rules, and share no code with the app.
 *
 * @module
 */
import { SocketBench } from "./socket_bench.ts";
import type { Report, Suite } from "./suite.ts";

const LOGOUT = "/api/auth/logout";
const SESSION = "/api/session";
const QUERY = "/api/wix/members/v1/members/query";
const PROPERTIES = "/api/wix/site-properties/v4/properties";

/**
 * Whether a request comes from us, by `Sec-Fetch-Site` (`-` is none) and
 * `Origin`: none, ours, another site's, `null`.
 */
const FROM_US = `
  -            no  yes no  no
  none         no  yes no  no
  same-origin  yes yes no  no
  same-site    no  no  no  no
  cross-site   no  no  no  no`;

/** By path and method, when everything else is right. */
const LISTED = `
  ${LOGOUT}      POST  302
  ${SESSION}     GET   200
  ${SESSION}     HEAD  200
  ${QUERY}       POST  200
  ${PROPERTIES}  GET   403 PERMISSION_DENIED`;

const METHODS = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"];
/** The first two are right, the first one where there is no body. */
const TYPES = [
  "-",
  "application/json",
  "application/json; charset=utf-8",
  "text/plain",
  "application/x-www-form-urlencoded",
];
const STATIC_HEADERS = ["-", "1", "0"];

const AT_ONCE = 12;

interface Case {
  readonly path: string;
  readonly method: string;
  readonly site: string;
  readonly origin: string;
  readonly fromUs: boolean;
  readonly type: string;
  readonly staticHeader: string;
  readonly cookie: boolean;
}

/** X4 to X18: every combination. */
export const suite: Suite = {
  goal: "G6",
  title: "method, site, origin, type, cookie and header against the table",
  async run(report) {
    await using bench = await SocketBench.start();
    const cookie = (await bench.member()).header();
    const cases = [...allCases(bench.origin)];
    const isDenied = (asked: Case) =>
      ["403", "405", "415"].includes(expectedOf(asked));
    const calls = bench.calls.length;
    const denied = cases.filter(isDenied);
    await tryCases(report, bench.origin, cookie, denied);
    const called = bench.calls.length - calls;
    report.case("X denied ones call no Wix", called ? `${called}` : undefined);
    const allowed = cases.filter((asked) => !isDenied(asked));
    await tryCases(report, bench.origin, cookie, allowed);
    report.figure(`${allowed.length} are let through`);
  },
};

function* allCases(ours: string): Generator<Case> {
  const origins = ["-", ours, "https://evil.example", "null"];
  for (const [site = "", ...answers] of rows(FROM_US)) {
    for (const [index, origin] of origins.entries()) {
      for (const path of [LOGOUT, SESSION, QUERY, PROPERTIES]) {
        for (const method of METHODS) {
          // Fresh's own business there; covered by X18 of the socket rows.
          if (method === "OPTIONS" && !isGateway(path)) continue;
          for (const type of TYPES) {
            for (
              const staticHeader of isGateway(path) ? STATIC_HEADERS : ["-"]
            ) {
              for (const cookie of [true, false]) {
                const fromUs = answers[index] === "yes";
                const from = { site, origin, fromUs };
                const what = { path, method, type, staticHeader };
                yield { ...from, ...what, cookie };
              }
            }
          }
        }
      }
    }
  }
}

/** Returns the status, and the code where two things share a status. */
function expectedOf(asked: Case): string {
  const { path, method, site, fromUs, type, staticHeader } = asked;
  const reads = ["GET", "HEAD", "OPTIONS"].includes(method);
  if (reads ? site === "cross-site" : !fromUs) return "403";
  if (isGateway(path) && !(fromUs && staticHeader === "1")) return "403";
  const [, , ...outcome] =
    rows(LISTED).find((row) => row[0] === path && row[1] === method) ??
      ["", "", "405"];
  const isListed = outcome[0] !== "405";
  const rightTypes = reads ? TYPES.slice(0, 2) : TYPES.slice(1, 2);
  if (isGateway(path) && isListed && !rightTypes.includes(type)) return "415";
  return outcome.join(" ");
}

function isGateway(path: string): boolean {
  return path.startsWith("/api/wix/");
}

function rows(table: string): string[][] {
  return table.trim().split("\n").map((line) => line.trim().split(/ +/));
}

async function tryCases(
  report: Report,
  origin: string,
  cookie: string,
  cases: readonly Case[],
): Promise<void> {
  const left = cases.values();
  const worker = async () => {
    for (const asked of left) {
      const problem = await problemOf(origin, cookie, asked);
      report.case(`X ${Object.values(asked).join(" ")}`, problem);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

async function problemOf(
  origin: string,
  cookie: string,
  asked: Case,
): Promise<string | undefined> {
  const { method } = asked;
  const hasBody = !["GET", "HEAD", "OPTIONS"].includes(method);
  const given = Object.entries({
    "sec-fetch-site": asked.site,
    origin: asked.origin,
    "content-type": asked.type,
    "x-wix-gateway": asked.staticHeader,
    cookie: asked.cookie ? cookie : "-",
  }).filter(([, value]) => value !== "-");
  const response = await fetch(origin + asked.path, {
    method,
    headers: Object.fromEntries(given),
    redirect: "manual",
    // Bytes have no type of their own.
    ...(hasBody && { body: new TextEncoder().encode('{"query":{}}') }),
  });
  const text = await response.text();
  const { headers } = response;
  const expected = expectedOf(asked);
  const code = /"code":"(PERMISSION_DENIED)"/.exec(text)?.[1];
  // Fresh may say either where a route has no handler for a method.
  const status = response.status === 404 && !isGateway(asked.path)
    ? 405
    : response.status;
  const outcome = [status, code].filter(Boolean).join(" ");
  if (outcome !== expected) return `${outcome} instead of ${expected}`;
  const isDenied = ["403", "405", "415"].includes(expected);
  if (isDenied && headers.has("set-cookie")) return "a Set-Cookie line";
  return [...headers.keys()].find((name) =>
    name.startsWith("access-control-allow-")
  );
}
