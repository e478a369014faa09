/**
 * Measuring sites side by side.
 *
 * @module
 */
import { CONNECTIONS, type Load, load } from "./load.ts";
import { memberCookie, visitorCookie } from "./log_in.ts";
import { isForMembers, type MeasuredPage, PAGES } from "./pages.ts";
import { readUsage } from "./processes.ts";
import {
  countCalls,
  type Server,
  type Site,
  type StartedSite,
  startSite,
} from "./servers.ts";

/** How much is measured. */
export interface Effort {
  readonly pages: readonly MeasuredPage[];
  /** Each round starts all servers again. */
  readonly rounds: number;
  /** Turns of each page and server in a round, a second long. */
  readonly turns: number;
}

/** What one turn, or the median of several, has shown. */
export interface Sample {
  readonly page: string;
  readonly site: string;
  readonly requestsPerSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** Processor time of the server per request. */
  readonly cpuMicroseconds: number;
  /** Calls that reached Wix per request. */
  readonly wixCalls: number;
  /** Size of the page. */
  readonly kilobytes: number;
}

/** A start of a site. */
export interface Start {
  readonly site: string;
  readonly firstPageMilliseconds: number;
  /** Resident memory after the round. */
  readonly megabytes: number;
}

/** All that was measured, in order. */
export interface Measured {
  readonly samples: readonly Sample[];
  readonly starts: readonly Start[];
}

/** Code is slow until it has run for a while. */
const WARM_UP_SECONDS = 3;

/** A server under load. */
interface Target extends Load {
  readonly server: StartedSite;
  /** Requests of one turn. */
  readonly amount: number;
  readonly kilobytes: number;
}

/** Measures all pages of all sites. */
export async function measure(
  sites: readonly Site[],
  wix: Server,
  { pages, rounds, turns }: Effort,
): Promise<Measured> {
  const samples: Sample[] = [];
  const starts: Start[] = [];
  for (let round = 1; round <= rounds; round++) {
    await using stack = new AsyncDisposableStack();
    const servers: StartedSite[] = [];
    // The first server must not have an advantage.
    for (const site of round % 2 === 1 ? sites : sites.toReversed()) {
      servers.push(stack.use(await startSite(site, wix, PAGES[0].path)));
    }
    for (const page of pages) {
      const targets: Target[] = [];
      for (const server of servers) targets.push(await prepare(server, page));
      // In turns, because the speed of a machine changes.
      for (let turn = 0; turn < turns; turn++) {
        for (const target of targets) {
          samples.push(await takeTurn(target, wix, page.name));
        }
        targets.reverse();
      }
      const last = samples.slice(-servers.length).map((sample) =>
        `${sample.site} ${sample.requestsPerSecond.toFixed(0)}`
      ).sort();
      console.log(
        `Round ${round}, ${page.name}: ${last.join(", ")} requests/s`,
      );
    }
    for (const { name: site, pid, firstPageMilliseconds } of servers) {
      const { megabytes } = await readUsage(pid);
      starts.push({ site, firstPageMilliseconds, megabytes });
    }
  }
  return { samples, starts };
}

/** Looks at the page as a returning user, and warms it up. */
async function prepare(
  server: StartedSite,
  page: MeasuredPage,
): Promise<Target> {
  const url = server.origin + page.path;
  const cookie = isForMembers(page)
    ? await memberCookie(url)
    : await visitorCookie(server.origin + PAGES[1].path);
  const headers = { accept: "text/html", cookie };
  const html = await (await fetch(url, { headers })).text();
  if (!html.includes(page.marker)) {
    throw new Error(`Cannot measure ${url}: no "${page.marker}" in it`);
  }
  let amount = 2 * CONNECTIONS;
  for (let time = 0; time < WARM_UP_SECONDS;) {
    const { requestsPerSecond } = await load({ url, cookie }, amount);
    time += amount / requestsPerSecond;
    amount = Math.max(2 * CONNECTIONS, Math.ceil(requestsPerSecond));
  }
  const kilobytes = new TextEncoder().encode(html).length / 1000;
  return { server, url, cookie, amount, kilobytes };
}

async function takeTurn(
  target: Target,
  wix: Server,
  page: string,
): Promise<Sample> {
  const { server, amount, kilobytes } = target;
  const [calls, before] = [await countCalls(wix), await readUsage(server.pid)];
  const result = await load(target, amount);
  const [after, more] = [await readUsage(server.pid), await countCalls(wix)];
  return {
    page,
    site: server.name,
    ...result,
    cpuMicroseconds: (after.cpuSeconds - before.cpuSeconds) * 1e6 / amount,
    wixCalls: (more - calls) / amount,
    kilobytes,
  };
}
