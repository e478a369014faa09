/**
 * Long loads by many sessions: does memory grow with time?
 *
 * @module
 */
import { buildFreshSite } from "./fresh_site.ts";
import { CONNECTIONS } from "./load.ts";
import { memberCookie, visitorCookie } from "./log_in.ts";
import { PAGES } from "./pages.ts";
import { readUsage } from "./processes.ts";
import { median } from "./result.ts";
import { ROOT, startLocalWix, startSite } from "./servers.ts";

/** Of each kind of user; more than the app keeps in memory. */
const SESSIONS = 3_000;
const TOKEN_SECONDS = 14_400;
const ALLOWED_GROWTH = 0.05;

/** Loads the starter for some minutes; prints a line for each. */
export async function soak(minutes: number): Promise<void> {
  await using site = await buildFreshSite("fresh-wix", ROOT);
  await using wix = await startLocalWix();
  await using app = await startSite(site, wix, PAGES[0].path);
  const [members, orders] = [PAGES[1], PAGES[2]].map(({ path }) =>
    app.origin + path
  ) as [string, string];

  console.log(`Starting ${3 * SESSIONS} sessions with ${site.fresh}`);
  const crowds = [
    { url: members, cookies: await gather(() => visitorCookie(members)) },
    { url: orders, cookies: await gather(() => memberCookie(orders)) },
  ];
  // Members who return after their access token has expired.
  await setTokenSeconds(1);
  const late = await gather(() => memberCookie(orders));
  await setTokenSeconds(TOKEN_SECONDS);
  crowds.push({ url: orders, cookies: late });

  console.log("minute\tCPU µs for each request\tMB");
  const passed: { cpu: number; megabytes: number }[] = [];
  while (passed.length < minutes) {
    const before = await readUsage(app.pid);
    const until = Date.now() + 60_000;
    let requests = 0;
    await atOnce(async () => {
      while (Date.now() < until) {
        const { url, cookies } = crowds[requests % crowds.length]!;
        const turn = Math.floor(requests++ / crowds.length);
        await visit(url, cookies[turn % cookies.length]!);
      }
    });
    const { cpuSeconds, megabytes } = await readUsage(app.pid);
    const cpu = (cpuSeconds - before.cpuSeconds) * 1e6 / requests;
    passed.push({ cpu, megabytes });
    const numbers = [passed.length, cpu.toFixed(0), megabytes.toFixed(0)];
    console.log(numbers.join("\t"));
  }
  // Everything grows to its size in the first quarter.
  const part = Math.floor(minutes / 4);
  const change = (key: "cpu" | "megabytes") =>
    median(passed.slice(-part).map((it) => it[key])) /
      median(passed.slice(part, 2 * part).map((it) => it[key])) - 1;
  const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
  const grown = change("megabytes");
  console.log(
    `Last quarter beside the second: memory ${percent(grown)}, ` +
      `${grown <= ALLOWED_GROWTH ? "met" : "NOT MET"} (5 % allowed); ` +
      `processor time ${percent(change("cpu"))}`,
  );

  async function setTokenSeconds(accessTokenSeconds: number): Promise<void> {
    const body = JSON.stringify({ accessTokenSeconds });
    const url = `${wix.origin}/_local/settings`;
    await (await fetch(url, { method: "POST", body })).body?.cancel();
  }
}

async function visit(url: string, cookie: string): Promise<void> {
  const headers = { accept: "text/html", cookie };
  const response = await fetch(url, { headers, redirect: "manual" });
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`Cannot open ${url}: ${response.status}`);
}

async function gather(makeCookie: () => Promise<string>): Promise<string[]> {
  const cookies: string[] = [];
  await atOnce(async () => {
    while (cookies.length < SESSIONS) cookies.push(await makeCookie());
  });
  return cookies;
}

async function atOnce(run: () => Promise<void>): Promise<void> {
  await Promise.all(Array.from({ length: CONNECTIONS }, run));
}
