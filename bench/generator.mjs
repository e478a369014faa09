/**
 * The load generator: npm's autocannon in a process of its own, which stays
 * warm between loads. It reads one load per line and answers with one line.
 *
 *     node generator.mjs <where autocannon is>
 *
 * The counts and times come from autocannon's events, because its own summary
 * knows latencies in whole milliseconds only.
 */
import process from "node:process";
import { createInterface } from "node:readline";

const { default: autocannon } = await import(process.argv.at(-1));

/**
 * How far each list of cookies has come, which goes on from load to load:
 * nobody comes twice before all others of the list came.
 */
const turns = new Map();

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await load(JSON.parse(line))));
}
process.exit(0);

async function load({ url, connections, seconds, headers, cookies, marker }) {
  const milliseconds = [];
  const statuses = {};
  const list = `${cookies.length} ${cookies[0]}`;
  const withCookie = (request) => {
    const turn = turns.get(list) ?? 0;
    turns.set(list, turn + 1);
    const cookie = cookies[turn % cookies.length];
    return { ...request, headers: { ...request.headers, cookie } };
  };
  const one = cookies.length === 1 ? { cookie: cookies[0] } : {};
  const beganAt = performance.now();
  const run = autocannon({
    url,
    connections,
    duration: seconds,
    // It looks this often whether the time is over; once a second by itself.
    sampleInt: seconds * 1000,
    headers: { ...headers, ...one },
    ...(cookies.length > 1 && { requests: [{ setupRequest: withCookie }] }),
    // Every answer: a page that says "try again" is fast as well.
    verifyBody: (body) => body.includes(marker),
  });
  run.on("response", (_client, status, _bytes, duration) => {
    milliseconds.push(duration);
    statuses[status] = (statuses[status] ?? 0) + 1;
  });
  const result = await run;
  const endedAt = performance.now();
  return {
    sent: result.requests.sent,
    answered: milliseconds.length,
    seconds: (endedAt - beganAt) / 1000,
    milliseconds,
    statuses,
    mismatches: result.mismatches,
    errors: result.errors,
  };
}
