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
import {
  memoryOf,
  resetPeak,
  slowPost,
  SlowRequest,
} from "./helpers/slow_request.ts";

const root = Deno.args[1] ?? ROOT;
const QUERY = "POST /members/v1/members/query";
const FORM = "/account/settings";
const TYPE = "Content-Type: application/x-www-form-urlencoded";
const BUSY = { status: 429, headers: { "retry-after": "60" } };
const times = <T>(count: number, run: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => run(index));

/** Measures with an app of its own. */
async function measure(
  row: string,
  run: (app: App, origin: string) => Promise<string>,
): Promise<void> {
  await using app = await startApp(localSettings(wix.origin), {
    project: { root },
  });
  await pagesPerSecond(app.origin, "/");
  console.log(row.padEnd(4), await run(app, app.origin));
}

/** Returns how many pages a second four connections get, in five seconds. */
async function pagesPerSecond(
  origin: string,
  target: string,
  cookie = "",
): Promise<number> {
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

await measure("N7", async (_, origin) => {
  const alone = await pagesPerSecond(origin, "/");
  const headers = [TYPE, `Origin: ${origin}`];
  const body = "a&".repeat(21_000);
  const post = { method: "POST", target: FORM, headers, body };
  let [ended, posts] = [false, 0];
  const attackers = times(8, async () => {
    for (; !ended; posts++) await send(origin, post);
  });
  const beside = await pagesPerSecond(origin, "/");
  ended = true;
  await Promise.all(attackers);
  return `${alone} pages/s alone, ${beside} beside ${Math.round(posts / 5)} ` +
    "forms/s of 21,000 fields";
});

await measure("N9", async (app, origin) => {
  using stack = new DisposableStack();
  const open = async (head: readonly string[]) =>
    stack.use(await SlowRequest.open(origin, head));
  const posts = await Promise.all(
    times(150, () => open(slowPost(FORM, { origin }))),
  );
  const pages = await pagesPerSecond(origin, "/");
  const all = Promise.all(posts.map(({ response }) => response));
  const seconds = Math.max(...(await all).map((one) => one.seconds));
  const before = memoryOf(app).now;
  await Promise.all(times(150, () => open(["GET / HTTP/1.1", "Host: a"])));
  const bytes = Math.round((memoryOf(app).now - before) / 150);
  return `150 slow bodies wait for ${
    seconds.toFixed(1)
  } s (15 is no response), ` +
    `${pages} pages/s meanwhile; ${bytes} bytes per slow header`;
});

await measure("N8", async (_, origin) => {
  const ann = await memberCookie(origin, ANN);
  const ben = await memberCookie(origin, BEN);
  const alone = await pagesPerSecond(origin, "/members", ben);
  wix.controls.failNext(QUERY, BUSY);
  await send(origin, { target: "/members", headers: [`Cookie: ${ann}`] });
  const beside = await pagesPerSecond(origin, "/members", ben);
  return `Ben's pages/s: ${alone}, ${beside} after Ann got a 429`;
});

await measure("U19", async (app, origin) => {
  const open = () => send(origin, { target: "/members" });
  await Promise.all(times(30, open));
  const before = memoryOf(app).now;
  resetPeak(app);
  wix.controls.failNext(QUERY, { kind: "huge", times: "always" });
  await Promise.all(times(30, open));
  wix.controls.clearFaults();
  const megabytes = Math.round((memoryOf(app).peak - before) / 1e6);
  return `30 endless responses: ${megabytes} MB more`;
});
