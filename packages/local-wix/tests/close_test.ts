import { assert, assertEquals, assertRejects } from "@std/assert";
import { type Fault, type LocalWix, startLocalWix } from "../src/mod.ts";
import { arrival, rawConnection } from "./helpers/http.ts";

const RAW_GET = "GET / HTTP/1.1\r\nhost: localhost\r\n\r\n";
const FAR_TOO_LONG_MS = 10_000;

const OPEN_ENDED: readonly Fault[] = [
  { hang: true },
  { kind: "delay", delayMs: 600_000 },
  { kind: "reset", delayMs: 600_000 },
  { kind: "trickle", trickleMs: 600_000 },
  { kind: "huge" },
  { kind: "gzipBomb" },
];

for (const fault of OPEN_ENDED) {
  const name = JSON.stringify(fault);
  Deno.test(`close() does not wait for ${name} that nobody reads`, async () => {
    const wix = await startLocalWix({ port: 0 });
    wix.controls.failNext("GET /", fault);
    using _connection = await rawConnection(wix, RAW_GET);
    await arrival(wix, "GET /");
    await closesSoon(wix);
  });

  Deno.test(`a client may leave ${name} before the server closes`, async () => {
    const wix = await startLocalWix({ port: 0 });
    wix.controls.failNext("GET /", fault);
    const connection = await rawConnection(wix, RAW_GET);
    await arrival(wix, "GET /");
    connection.close();
    await closesSoon(wix);
  });
}

Deno.test("close() ends a trickling answer with an error at the client", async () => {
  const wix = await startLocalWix({ port: 0 });
  wix.controls.failNext("GET /", { kind: "trickle", trickleMs: 600_000 });
  const response = await fetch(wix.origin);
  const reading = assertRejects(() => response.text(), TypeError);
  await closesSoon(wix);
  await reading;
});

Deno.test("close() does not wait for idle and half-sent requests", async () => {
  const wix = await startLocalWix({ port: 0 });
  using _silent = await rawConnection(wix, "");
  using _head = await rawConnection(wix, "GET / HTTP/1.1\r\nhost: loc");
  using _body = await rawConnection(
    wix,
    "POST /oauth2/token HTTP/1.1\r\nhost: localhost\r\n" +
      "content-length: 10\r\n\r\n{",
  );
  using _idle = await rawConnection(wix, RAW_GET);
  await arrival(wix, "GET /");
  await closesSoon(wix);
});

Deno.test("close() lets a request under way finish", async () => {
  const wix = await startLocalWix({ port: 0 });
  wix.controls.failNext("GET /", { kind: "delay", delayMs: 600_000 });
  const waiting = fetch(wix.origin);
  await arrival(wix, "GET /");
  const closing = wix.close();
  const response = await waiting;
  const text = await response.text();
  assert(response.status === 200 && text.includes("Local Wix is running"));
  await closing;
});

Deno.test("close() may be called twice", async () => {
  const wix = await startLocalWix({ port: 0 });
  await Promise.all([wix.close(), wix.close()]);
  await wix.close();
  assertEquals(await wix.finished, undefined);
});

async function closesSoon(wix: LocalWix): Promise<void> {
  const start = performance.now();
  await wix.close();
  await wix.finished;
  const took = performance.now() - start;
  assert(took < FAR_TOO_LONG_MS, `close() took ${took} ms`);
}
