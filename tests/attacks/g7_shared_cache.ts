import type { Browser, Page } from "../helpers/browser.ts";
import { ANN, BEN, type Site, startSite } from "../helpers/site.ts";
import type { Report, Suite } from "./suite.ts";

/** A small shared cache in front of every route. */
export const suite: Suite = {
  goal: "G7",
  title: "a shared cache never gives one person's answer to another",
  async run(report) {
    await using site = await startSite();
    await everyRoute(site, report);
    await whileWixIsDown(site, report);
  },
};

/** Hits, redirects, refusals and errors. */
const PATHS = [
  "/",
  "/members",
  "/elevation",
  "/islands",
  "/account",
  "/account/orders",
  "/account/orders?cursor=nonsense",
  "/account/orders/00000000-0000-4000-8000-00000000dead",
  "/api/session",
  "/api/orders",
  "/api/site-properties",
  "/api/wix/site-properties/v4/properties",
  "/api/wix/not-listed",
  "/api/auth/login",
  "/api/auth/login?prompt=nonsense",
  "/api/auth/callback",
  "/api/auth/callback?code=x&state=y",
  "/api/auth/logout",
  "/api/auth/logout-callback",
  "/healthz",
  "/no-such-page",
  "/account/no-such-page",
];

async function everyRoute(site: Site, report: Report): Promise<void> {
  const visitors = {
    ann: await site.member(ANN),
    ben: await site.member(BEN),
    nobody: site.visitor(),
  };
  const cache = new Map<string, Page>();
  for (const path of PATHS) {
    for (const method of ["GET", "HEAD", "POST"]) {
      for (const [who, browser] of Object.entries(visitors)) {
        const name = `${method} ${path} as ${who}`;
        const hit = cache.get(`${method} ${path}`);
        if (hit !== undefined) {
          report.case(name, "answered from the shared cache");
          continue;
        }
        const page = await browser.request(path, { method });
        if (mayStore(method, page)) cache.set(`${method} ${path}`, page);
        report.case(name, ruleBroken(page));
      }
    }
  }
}

async function whileWixIsDown(site: Site, report: Report): Promise<void> {
  const browser: Browser = await site.member(ANN);
  await site.wix.close();
  for (const path of PATHS) {
    report.case(
      `GET ${path} while Wix is down`,
      ruleBroken(await browser.request(path)),
    );
  }
}

/** RFC 9111 §3, as far as a shared cache in front of a site goes. */
function mayStore(method: string, { status, headers }: Page): boolean {
  const control = headers.get("cache-control") ?? "";
  const forbidden = /no-store|private/.test(control) ||
    headers.has("set-cookie");
  const fresh = /public|s-maxage|max-age=[1-9]/.test(control) ||
    headers.has("expires") || headers.has("cdn-cache-control") ||
    headers.has("deno-cdn-cache-control");
  const heuristic = [200, 203, 204, 301, 308, 404, 405, 410].includes(status);
  return method === "GET" && !forbidden && (fresh || heuristic);
}

/** The rule of every answer that came through the session. */
function ruleBroken({ headers }: Page): string | undefined {
  const control = headers.get("cache-control");
  if (control !== "private, no-store") return `Cache-Control: ${control}`;
  const vary = headers.get("vary") ?? "";
  return /\bcookie\b/i.test(vary) ? undefined : `Vary: ${vary}`;
}
