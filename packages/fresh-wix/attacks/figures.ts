/**
 * What attacks cost the built server: `deno task attacks figures [folder]`, of
 * this project, or of the one in a folder, such as an earlier version.
 *
 * @module
 */
import { type App, localSettings, startApp } from "@/tests/helpers/app.ts";
import { ANN, BEN } from "@/tests/helpers/site.ts";
import { send, sendWith, WireJar } from "@/tests/helpers/wire.ts";
import { pendingLogin } from "@/tests/helpers/wire_login.ts";
import { startLocalWix } from "@/packages/local-wix/src/mod.ts";
import { ROOT } from "@/tools/packages.ts";
import * as slow from "./helpers/slow_request.ts";

const project = { root: Deno.args[1] ?? ROOT };
const QUERY = "POST /members/v1/members/query";
const FORM = "/account/settings";
const TYPE = "Content-Type: application/x-www-form-urlencoded";
const times = <T>(count: number, run: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => run(index));

/** Measures with an app of its own. */
async function measure(
  row: string,
  run: (origin: string, app: App) => Promise<string>,
): Promise<void> {
  await using app = await startApp(localSettings(wix.origin), { project });
  await pagesPerSecond(app.origin);
  console.log(row.padEnd(4), await run(app.origin, app));
}

/** Returns how many pages a second four connections get, in five seconds. */
async function pagesPerSecond(origin: string, target = "/", cookie = "") {
  let served = 0;
  const end = performance.now() + 5_000;
  await Promise.all(times(4, async () => {
    while (performance.now() < end) {
      const response = await fetch(origin + target, { headers: { cookie } });
      await response.body?.cancel();
      if (response.status === 200) served++;
    }
  }));
  return Math.round(served / 5);
}

async function memberCookie(origin: string, email: string): Promise<string> {
  const jar = new WireJar();
  const { target } = await pendingLogin(origin, jar, { email });
  await sendWith(jar, origin, { target });
  return jar.header();
}

await using wix = await startLocalWix({ port: 0, log: () => {} });

await measure("N7", async (origin) => {
  const alone = await pagesPerSecond(origin);
  const headers = [TYPE, `Origin: ${origin}`];
  const body = "a&".repeat(21_000);
  const post = { method: "POST", target: FORM, headers, body };
  let [ended, posts] = [false, 0];
  const attackers = times(8, async () => {
    for (; !ended; posts++) await send(origin, post);
  });
  const beside = await pagesPerSecond(origin);
  ended = true;
  await Promise.all(attackers);
  const forms = Math.round(posts / 5);
  return `${alone} pages/s alone, ${beside} beside ${forms} forms/s of 21,000 fields`;
});

await measure("N9", async (origin, app) => {
  using stack = new DisposableStack();
  const open = (lines: readonly string[]) =>
    Promise.all(
      times(150, async () => stack.use(await slow.send(origin, lines))),
    );
  const posts = await open(slow.form(FORM, origin));
  const pages = await pagesPerSecond(origin);
  const ends = await Promise.all(posts.map(({ response }) => response));
  const seconds = Math.max(...ends.map((end) => end.seconds)).toFixed(1);
  const before = slow.memoryOf(app).now;
  await open(["GET / HTTP/1.1", "Host: a"]);
  const bytes = Math.round((slow.memoryOf(app).now - before) / 150);
  return `150 slow bodies wait for ${seconds} s (15 is no response), ${pages} ` +
    `pages/s meanwhile; ${bytes} bytes per slow header`;
});

await measure("N8", async (origin) => {
  const [ann, ben] = [
    await memberCookie(origin, ANN),
    await memberCookie(origin, BEN),
  ];
  const alone = await pagesPerSecond(origin, "/members", ben);
  wix.controls.failNext(QUERY, {
    status: 429,
    headers: { "retry-after": "60" },
  });
  await send(origin, { target: "/members", headers: [`Cookie: ${ann}`] });
  const beside = await pagesPerSecond(origin, "/members", ben);
  return `Ben's pages/s: ${alone}, ${beside} after Ann got a 429`;
});

await measure("U19", async (origin, app) => {
  const open = () => send(origin, { target: "/members" });
  await Promise.all(times(30, open));
  const before = slow.memoryOf(app).now;
  slow.resetPeak(app);
  wix.controls.failNext(QUERY, { kind: "huge", times: "always" });
  await Promise.all(times(30, open));
  wix.controls.clearFaults();
  const megabytes = Math.round((slow.memoryOf(app).peak - before) / 1e6);
  return `30 endless responses: ${megabytes} MB more`;
});
