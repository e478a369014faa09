/**
 * G1: no return URL leads off our origin, at any of the four ways out.
 *
 * @module
 */
import {
  absoluteReturnUrl,
  safeReturnUrl,
} from "@/packages/fresh-wix/src/oauth/return_url.ts";
import { startSite } from "../helpers/site.ts";
import { alwaysProblem, firstProblem } from "./always.ts";
import { answerOfWix } from "./login_over_wire.ts";
import { quantile } from "./quantiles.ts";
import {
  ENCODINGS,
  expectedPath,
  locationProblem,
  type RedirectRow,
  redirectRows,
} from "./redirect_targets.ts";
import { type Report, seededRandom, type Suite } from "./suite.ts";
import { send, sendWith, type WireAnswer, WireJar } from "./wire.ts";

/** Return URLs at login, logout and both callbacks, over a socket. */
export const suite: Suite = {
  goal: "G1",
  title: "return URLs: 0 off origin, 0 5xx",
  async run(report) {
    judgeInProcess(report);
    await using site = await startSite();
    const { origin } = site.app;
    for (const row of redirectRows(origin)) {
      for (const { name, encode } of ENCODINGS) {
        await tryEveryExit(report, origin, {
          row,
          written: encode(row.value),
          title: `${row.id} ${name}`,
        });
      }
    }
    await tryNoisyQueries(report, origin);
  },
};

const ORIGIN = "https://app.example";
const FUZZ_CASES = 20_000;
const FUZZ_PARTS = [
  ...[
    "/",
    "//",
    "\\",
    "\t",
    "\n",
    "\r",
    "\0",
    " ",
    ".",
    "..",
    "/.",
    "/..",
    ":",
  ],
  ...["%2f", "%2F", "%5c", "%2e", "%00", "%09", "%0a", "%25", "%zz", "@", "?"],
  ...[
    "#",
    ";",
    "a",
    "evil.com",
    "api/auth/logout",
    "\u3002",
    "\uff0f",
    "\u2044",
  ],
  ...["https:", "http:", "javascript:", "blob:", ORIGIN, "app.example"],
  ...["\ud800", "\u202e", "\ufeff", "caf\u00e9"],
];

function judgeInProcess(report: Report): void {
  const times: number[] = [];
  const judge = (title: string, value: string, path?: string) => {
    const startedAt = performance.now();
    const location = absoluteReturnUrl(safeReturnUrl(value, ORIGIN), ORIGIN);
    times.push(performance.now() - startedAt);
    report.case(
      title,
      locationProblem(location, {
        origin: ORIGIN,
        ...(path !== undefined && { path }),
      }),
    );
  };
  for (const { id, value, leadsTo = "/" } of redirectRows(ORIGIN)) {
    judge(`${id} in process`, value, leadsTo);
  }
  judge("R44 a lone surrogate in process", "/\ud800", "/");
  judge("R44 a lone surrogate in a query, in process", "/?a=\udc00", "/");
  const random = seededRandom(1);
  for (let count = 0; count < FUZZ_CASES; count++) {
    const value = Array.from(
      { length: 1 + Math.floor(random() * 6) },
      () => FUZZ_PARTS[Math.floor(random() * FUZZ_PARTS.length)],
    ).join("");
    judge(
      `seeded return URL ${count}`,
      random() < 0.7 ? `/${value}` : value,
    );
  }
  report.figure(`a judgement: p99 ${quantile(times, 0.99).toFixed(3)} ms`);
}

interface Attempt {
  readonly row: RedirectRow;
  /** As it stands in the request line. */
  readonly written: string;
  readonly title: string;
}

async function tryEveryExit(
  report: Report,
  origin: string,
  { row, written, title }: Attempt,
): Promise<void> {
  const path = expectedPath(row, written);
  const judge = (where: string, answer: WireAnswer) =>
    report.case(
      `${title} at ${where}`,
      refusedByServer(written, answer)
        ? alwaysProblem(answer)
        : exitProblem(answer, { origin, path }),
    );

  const jar = new WireJar();
  const pending = await answerOfWix(origin, jar, {
    query: `returnToUrl=${written}`,
  });
  if (pending.callback === undefined) {
    judge("login", pending.login);
  } else {
    const { login, target, callback } = pending;
    report.case(
      `${title} at login, on the way to Wix`,
      firstProblem(
        alwaysProblem(login),
        callback.origin !== origin && `Wix sends back to ${callback.origin}`,
      ),
    );
    judge("login", await sendWith(jar, origin, { target }));
  }

  const logout = {
    method: "POST",
    target: `/api/auth/logout?returnToUrl=${written}`,
    headers: [["Origin", origin]] as const,
  };
  judge(
    "logout, as a member",
    await backFromWix(origin, await sendWith(jar, origin, logout)),
  );
  judge("logout, as a visitor", await send(origin, logout));
  judge(
    "logout-callback",
    await send(origin, {
      target: `/api/auth/logout-callback?returnTo=${written}`,
    }),
  );
}

/** Wix's logout page sends the browser to our logout callback. */
async function backFromWix(
  origin: string,
  logout: WireAnswer,
): Promise<WireAnswer> {
  const location = logout.headers.get("location") ?? "";
  if (!location.includes("/_pages/logout?")) return logout;
  const answer = await fetch(location, { redirect: "manual" });
  await answer.body?.cancel();
  const back = new URL(answer.headers.get("location") ?? "");
  return await send(origin, { target: back.pathname + back.search });
}

/** Bytes that HTTP forbids in a request line never reach the app. */
function refusedByServer(written: string, { status }: WireAnswer): boolean {
  return /[^!-~]/.test(written) && status === 400;
}

function exitProblem(
  answer: WireAnswer,
  expected: { origin: string; path: string },
): string | undefined {
  return firstProblem(
    alwaysProblem(answer),
    answer.status !== 302 && `status ${answer.status}`,
    locationProblem(answer.headers.get("location"), expected),
  );
}

/** R45: the same question asked in ways that two readers may read differently. */
async function tryNoisyQueries(report: Report, origin: string): Promise<void> {
  const queries: [query: string, referer?: string][] = [
    ["NAME=/a&NAME=//evil.com"],
    ["NAME=//evil.com&NAME=/a"],
    ["NAME=/a&NAME=/a"],
    ["NAME[]=//evil.com"],
    ["NAME%5B%5D=//evil.com"],
    ["NAME[0]=//evil.com&NAME[1]=/a"],
    ["", "https://evil.com/"],
    ["", `${origin}.evil.com/`],
    ["", `${origin}@evil.com/`],
    ["", `${origin}//evil.com`],
    ["", `${origin}/\\evil.com`],
    ["", "javascript:alert(1)"],
  ];
  for (const [template, referer] of queries) {
    const headers = referer === undefined
      ? []
      : [["Referer", referer]] as const;
    const title = `R45 ${template}${referer ?? ""}`;
    const home = { origin, path: "/" };

    const query = template.replaceAll("NAME", "returnToUrl");
    const jar = new WireJar();
    const pending = await answerOfWix(origin, jar, { query, headers });
    report.case(
      `${title} at login`,
      pending.callback === undefined
        ? `no login began: ${pending.login.status}`
        : exitProblem(
          await sendWith(jar, origin, { target: pending.target }),
          home,
        ),
    );
    const logout = {
      method: "POST",
      target: `/api/auth/logout?${query}`,
      headers: [["Origin", origin] as const, ...headers],
    };
    report.case(
      `${title} at logout, as a visitor`,
      exitProblem(await send(origin, logout), home),
    );
    const returnTo = template.replaceAll("NAME", "returnTo");
    report.case(
      `${title} at logout-callback`,
      exitProblem(
        await send(origin, {
          target: `/api/auth/logout-callback?${returnTo}`,
          headers,
        }),
        home,
      ),
    );
  }
}
