/**
 * How long a process takes from its start to its first page, and how much
 * memory it takes after a thousand requests, on the imitated platform:
 *
 *     deno run -A --config <config> tests/deploy/main.ts
 *
 * @module
 */
import { startLocalWix } from "@/packages/local-wix/src/mod.ts";
import { sendWith, WireJar } from "../helpers/wire.ts";
import { deploy } from "./platform.ts";

const STARTS = 5;
const REQUESTS = 1_000;
const SETTINGS = {
  APP_ORIGIN: "https://shop.example",
  DENO_TIMELINE: "production",
};

await using wix = await startLocalWix({ port: 0, log: () => {} });
await using deployment = await deploy();

const times: number[] = [];
for (let start = 0; start < STARTS; start++) {
  const began = performance.now();
  await using app = await deployment.serve(wix.origin, SETTINGS);
  await (await fetch(app.origin)).body?.cancel();
  times.push(Math.round(performance.now() - began));
}
console.log(`From start to first page, in ms: ${times.join(", ")}`);

await using app = await deployment.serve(wix.origin, SETTINGS);
console.log(`Memory at the start: ${await megabytes(app.pid)} MB`);
const jar = new WireJar();
for (let request = 0; request < REQUESTS; request++) {
  const target = request % 2 === 0 ? "/" : "/members";
  const { status } = await sendWith(jar, app.origin, {
    host: "shop.example",
    target,
  });
  if (status !== 200) throw new Error(`${target} answered ${status}`);
}
console.log(
  `Memory after ${REQUESTS} requests: ${await megabytes(app.pid)} MB`,
);

/** Resident memory of a process; Linux only. */
async function megabytes(pid: number): Promise<number> {
  const status = await Deno.readTextFile(`/proc/${pid}/status`);
  return Math.round(Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]) / 1024);
}
