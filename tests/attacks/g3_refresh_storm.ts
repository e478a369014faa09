import { startLocalWix } from "@/packages/local-wix/src/mod.ts";
import { type App, localSettings, startApp } from "../helpers/app.ts";
import { Browser } from "../helpers/browser.ts";
import { ANN, logIn, Site } from "../helpers/site.ts";
import { type Report, seededRandom, type Suite } from "./suite.ts";

const REQUESTS = 200;
const PROCESSES = 8;
const ROUNDS_WITH_KILLS = 5;

/** Refresh storms: in one process, over eight, and with one dying. */
export const suite: Suite = {
  goal: "G3",
  title: "a refresh storm makes few token calls and logs nobody out",
  async run(report) {
    await oneProcess(report);
    for (const rotation of ["grace", "strict"] as const) {
      await manyProcesses(report, rotation);
    }
    await dyingProcess(report);
  },
};

/** I1: one call for everyone who comes with the same expired tokens. */
async function oneProcess(report: Report): Promise<void> {
  await using storm = await startStorm(1);
  const { refreshes, statuses } = await storm.blow();
  report.case("I1 200 of 200 answered", only(statuses, 200));
  report.case(
    "I1 one refresh in one process",
    refreshes === 1 ? undefined : `${refreshes} refreshes`,
  );
}

/** I2: as many calls as processes at most; the member stays one. */
async function manyProcesses(
  report: Report,
  rotation: "grace" | "strict",
): Promise<void> {
  await using storm = await startStorm(PROCESSES);
  storm.site.wix.controls.rotation = rotation;
  const { refreshes, statuses } = await storm.blow();
  report.case(
    `I2 at most ${PROCESSES} refreshes with ${rotation} rotation`,
    refreshes <= PROCESSES ? undefined : `${refreshes} refreshes`,
  );
  // Under strict rotation a process that came too late cannot know yet whether
  // the session is over, and says "one moment" instead.
  report.case(
    `I2 nobody is told that the session ended, ${rotation} rotation`,
    statuses.every((status) => status === 200 || status === 503)
      ? undefined
      : String(statuses),
  );
  for (const { origin } of storm.apps) {
    const { status } = await storm.browser.open(`${origin}/api/orders`);
    report.case(
      `I2 still a member afterwards, ${rotation} rotation`,
      only([status], 200),
    );
  }
}

/** One of two processes is killed in the middle; its requests may fail. */
async function dyingProcess(report: Report): Promise<void> {
  const random = seededRandom(3);
  for (let round = 0; round < ROUNDS_WITH_KILLS; round++) {
    await using storm = await startStorm(2);
    const at = Math.floor(random() * REQUESTS);
    await storm.blow({ kill: storm.apps[1], at });
    const survivor = storm.apps[0]?.origin ?? "";
    const { status } = await storm.browser.open(`${survivor}/api/orders`);
    report.case("a killed process loses no session", only([status], 200));
  }
}

interface Storm extends AsyncDisposable {
  readonly site: Site;
  readonly apps: readonly App[];
  readonly browser: Browser;
  /** Sends many requests at once with one expired session. */
  blow(
    options?: { kill?: App | undefined; at?: number },
  ): Promise<{ refreshes: number; statuses: number[] }>;
}

async function startStorm(processes: number): Promise<Storm> {
  const wix = await startLocalWix({ port: 0, log: () => {} });
  const apps = await Promise.all(
    Array.from(
      { length: processes },
      () => startApp(localSettings(wix.origin)),
    ),
  );
  const [first] = apps;
  if (first === undefined) throw new RangeError("Cannot storm no process");
  const site = new Site(wix, first);
  // Cookies belong to the host, not the port: one jar for all processes.
  const browser = new Browser(first.origin);
  wix.controls.accessTokenSeconds = 1;
  await logIn(browser, "/api/auth/login?returnToUrl=/", ANN);
  wix.controls.accessTokenSeconds = 14_400;

  return {
    site,
    apps,
    browser,
    async blow({ kill, at } = {}) {
      const before = site.grants().refresh_token ?? 0;
      // The answers write to one jar in the order in which they arrive.
      const statuses = await Promise.all(
        Array.from({ length: REQUESTS }, async (_, index) => {
          const origin = apps[index % apps.length]?.origin;
          if (index === at) kill?.kill();
          try {
            return (await browser.request(`${origin}/api/orders`)).status;
          } catch (error) {
            if (kill === undefined) throw error;
            return 0;
          }
        }),
      );
      const refreshes = (site.grants().refresh_token ?? 0) - before;
      return { refreshes, statuses };
    },
    async [Symbol.asyncDispose]() {
      for (const app of apps.slice(1)) await app[Symbol.asyncDispose]();
      await site[Symbol.asyncDispose]();
    },
  };
}

function only(statuses: readonly number[], wanted: number): string | undefined {
  const others = statuses.filter((status) => status !== wanted);
  return others.length === 0 ? undefined : `statuses ${[...new Set(others)]}`;
}
