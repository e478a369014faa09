/**
 * What attacks cost the built server: `deno task bench attacks [folder]`, of
 * this project, or of the one in a folder, such as an earlier version. Both have
 * to be built.
 *
 * @module
 */
import {
  type App,
  localSettings,
  NO_SETTINGS,
  startApp,
} from "@/tests/helpers/app.ts";
import { nextPort } from "@/tests/helpers/ports.ts";
import { ANN, BEN } from "@/tests/helpers/site.ts";
import { send, sendWith, WireJar } from "@/tests/helpers/wire.ts";
import { pendingLogin } from "@/tests/helpers/wire_login.ts";
import { type LocalWix, startLocalWix } from "@/packages/local-wix/src/mod.ts";
import { waitUntilReady } from "@/tools/processes.ts";
import * as slow from "../attacks/helpers/slow_request.ts";

const QUERY = "POST /members/v1/members/query";
const FORM = "/account/settings";
const SECONDS = 5;
const SESSIONS = 3_000;

const times = <T>(count: number, run: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => run(index));
const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;

/** Prints a line for each attack that is about cost. */
export async function printAttackFigures(root: string): Promise<void> {
  await using wix = await startLocalWix({ port: 0, log: () => {} });
  const settings = localSettings(wix.origin);
  for (const [row, measure] of Object.entries(ATTACKS)) {
    await using app = await startApp(settings, { project: { root } });
    await pagesPerSecond(app.origin);
    console.log(row.padEnd(4), await measure(app, wix, root));
    wix.controls.clearFaults();
  }
}

type Measure = (app: App, wix: LocalWix, root: string) => Promise<string>;

const ATTACKS: Readonly<Record<string, Measure>> = {
  async N7({ origin }) {
    const alone = await pagesPerSecond(origin);
    const headers = [slow.FORM, `Origin: ${origin}`];
    const body = "a&".repeat(21_000);
    const post = { method: "POST", target: FORM, headers, body };
    let [ended, posts] = [false, 0];
    const attackers = times(8, async () => {
      for (; !ended; posts++) await send(origin, post);
    });
    const beside = await pagesPerSecond(origin);
    ended = true;
    await Promise.all(attackers);
    const forms = Math.round(posts / SECONDS);
    return `${alone} pages/s alone, ${beside} beside ${forms} forms/s of 21,000 fields`;
  },

  async N9({ origin, ...app }) {
    using stack = new DisposableStack();
    const open = (lines: readonly string[]) =>
      Promise.all(
        times(150, async () => stack.use(await slow.send(origin, lines))),
      );
    const posts = await open(slow.post(FORM, origin, slow.FORM));
    const pages = await pagesPerSecond(origin);
    const ends = await Promise.all(posts.map(({ response }) => response));
    const seconds = Math.max(...ends.map((end) => end.seconds)).toFixed(1);
    const before = slow.readMemory(app).now;
    await open(["GET / HTTP/1.1", "Host: a"]);
    const bytes = Math.round((slow.readMemory(app).now - before) / 150);
    return `150 slow bodies wait for ${seconds} s (15 is no response), ${pages} ` +
      `pages/s meanwhile; ${bytes} bytes per slow header`;
  },

  async N26(_, { origin: wixOrigin }, root) {
    const port = nextPort();
    const origin = `http://localhost:${port}`;
    const settings = { ...localSettings(wixOrigin), APP_ORIGIN: origin };
    const process = new Deno.Command(Deno.execPath(), {
      args: ["task", "serve", "--port", String(port)],
      cwd: root,
      env: { ...NO_SETTINGS, ...settings },
      stdout: "null",
      stderr: "null",
    }).spawn();
    await waitUntilReady(`${origin}/healthz`, process);
    using _body = await slow.send(origin, slow.post(FORM, origin, slow.FORM));
    const startedAt = performance.now();
    process.kill("SIGTERM");
    const timer = setTimeout(() => process.kill("SIGKILL"), 15_000);
    await process.status;
    clearTimeout(timer);
    const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
    return `ends ${seconds} s after SIGTERM with a slow body (15 is killed)`;
  },

  async N8({ origin }, { controls }) {
    const [ann, ben] = await Promise.all(
      [ANN, BEN].map((email) => memberCookie(origin, email)),
    );
    const alone = await pagesPerSecond(origin, "/test/members", ben);
    const headers = { "retry-after": "60" };
    controls.failNext(QUERY, { status: 429, headers });
    await send(origin, {
      target: "/test/members",
      headers: [`Cookie: ${ann}`],
    });
    const beside = await pagesPerSecond(origin, "/test/members", ben);
    return `Ben's pages/s: ${alone}, ${beside} after Ann got a 429`;
  },

  async U19({ origin, ...app }, { controls }) {
    const open = () => send(origin, { target: "/test/members" });
    await Promise.all(times(30, open));
    const before = slow.readMemory(app).now;
    slow.resetPeak(app);
    controls.failNext(QUERY, { kind: "huge", times: "always" });
    await Promise.all(times(30, open));
    const grown = slow.readMemory(app).peak - before;
    return `30 endless responses: ${megabytes(grown)} more`;
  },

  async N6({ origin, ...app }) {
    const open = async (jars: WireJar[]) => {
      for (const jar of [...jars, ...jars]) {
        await sendWith(jar, origin, { target: "/test/members" });
      }
    };
    // The heap grows by the pages alone, too.
    await open(Array(SESSIONS).fill(new WireJar()));
    const before = slow.readMemory(app).now;
    await open(times(SESSIONS, () => new WireJar()));
    const grown = slow.readMemory(app).now - before;
    return `${SESSIONS} sessions: ${megabytes(grown)} more`;
  },
};

/** Returns how many pages a second four connections get. */
async function pagesPerSecond(origin: string, target = "/", cookie = "") {
  let served = 0;
  const end = performance.now() + SECONDS * 1_000;
  await Promise.all(times(4, async () => {
    while (performance.now() < end) {
      const response = await fetch(origin + target, { headers: { cookie } });
      await response.body?.cancel();
      if (response.status === 200) served++;
    }
  }));
  return Math.round(served / SECONDS);
}

async function memberCookie(origin: string, email: string): Promise<string> {
  const jar = new WireJar();
  const { target } = await pendingLogin(origin, jar, { email });
  await sendWith(jar, origin, { target });
  return jar.header();
}
