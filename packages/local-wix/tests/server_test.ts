import {
  assert,
  assertEquals,
  assertMatch,
  assertNotEquals,
  assertRejects,
} from "@std/assert";
import { listen, StreamedResponse } from "../src/http/server.ts";
import { type Fault, type LocalWix, SITE, startLocalWix } from "../src/mod.ts";
import {
  appToken,
  arrival,
  at,
  get,
  memberTokens,
  pageUrl,
  post,
  rawConnection,
  visitorTokens,
} from "./helpers/http.ts";
import { test } from "./helpers/site.ts";

const MY = "/members/v1/members/my";
const RAW_GET = "GET / HTTP/1.1\r\nhost: localhost\r\n\r\n";

Deno.test("an unsupported path or method is a 501 that names it", async () => {
  const lines: string[] = [];
  const log = (line: string) => lines.push(line);
  await using wix = await startLocalWix({ port: 0, log });
  const path = "/stores/v3/brands/query";
  const { status, body } = await get(wix, `${path}?x=1`);
  const description = `Local Wix does not support GET ${path} yet`;
  const code = "NOT_IMPLEMENTED_LOCALLY";
  const data = { method: "GET", path };
  assertEquals(status, 501);
  assertEquals(body, {
    message: description,
    details: { applicationError: { code, description, data } },
  });
  assert(lines.includes(description));
  assertEquals((await get(wix, "/ecom/v1/orders/search/")).status, 501);
  assertEquals((await post(wix, MY)).status, 501);
  assertEquals((await fetch(wix.origin, { method: "HEAD" })).status, 501);
  assertEquals(wix.controls.counters.unsupported, 4);
  wix.controls.failNext(`GET ${path}`, { status: 200, body: { brands: [] } });
  assertEquals((await get(wix, path)).body, { brands: [] });
  assertEquals((await get(wix, path)).status, 501);
});

Deno.test("the log has a line per request and never a token", async () => {
  const lines: string[] = [];
  const log = (line: string) => lines.push(line);
  await using wix = await startLocalWix({ port: 0, log });
  const { access: authorization, refresh } = await memberTokens(wix);
  await get(wix, `${MY}?t=${authorization}`, { authorization });
  assertMatch(lines.at(-1) ?? "", /^GET \/members.*\/my 200 member \d+ms$/);
  for (const line of lines) {
    assert(!line.includes(authorization) && !line.includes(refresh));
  }
});

Deno.test("listen() sends 500 without details when the handler throws", async () => {
  const fail = () => Promise.reject(new Error("secret"));
  const server = await listen({ hostname: "127.0.0.1", port: 0 }, fail);
  const response = await fetch(`http://127.0.0.1:${server.port}`);
  assertEquals(response.status, 500);
  assert(!(await response.text()).includes("secret"));
  await server.close();
});

Deno.test("close() aborts a response that is half sent", async () => {
  const half = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start: (controller) => controller.enqueue(new Uint8Array(9)),
  });
  const server = await listen(
    { hostname: "127.0.0.1", port: 0 },
    () => Promise.resolve(new StreamedResponse(half)),
  );
  const response = await fetch(`http://127.0.0.1:${server.port}`);
  const body = response.body!.getReader();
  assertEquals((await body.read()).value?.length, 9);
  await server.close();
  await assertRejects(() => body.read());
});

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
  Deno.test(`close() does not wait for clients of ${name}`, async () => {
    for (const leaves of [false, true]) {
      const wix = await startLocalWix({ port: 0 });
      wix.controls.failNext("GET /", fault);
      const connection = await rawConnection(wix, RAW_GET);
      await arrival(wix, "GET /");
      if (leaves) connection.close();
      await wix.close();
      await wix.finished;
      if (!leaves) connection.close();
    }
  });
}

const PAGE = "http://localhost:5173";
const SENT_BY_SDK = ["authorization", "content-type", "x-wix-bi-gateway"];

/** What a browser learns before it lets a page of `origin` call `path`. */
async function preflight(wix: LocalWix, path: string, origin: string) {
  const response = await fetch(wix.origin + path, {
    method: "OPTIONS",
    headers: {
      origin,
      "access-control-request-method": "POST",
      "access-control-request-headers": SENT_BY_SDK.join(),
    },
  });
  await response.body?.cancel();
  return response;
}

const allowedOrigin = ({ headers }: Pick<Response, "headers">) =>
  headers.get("access-control-allow-origin");

test("pages of this machine may call the APIs as the SDK does, those of another site once allowed", async (wix) => {
  const response = await preflight(wix, MY, PAGE);
  const { status, headers } = response;
  assertEquals([status, allowedOrigin(response)], [204, PAGE]);
  assertMatch(headers.get("access-control-allow-methods") ?? "", /\bPOST\b/);
  const names = headers.get("access-control-allow-headers")?.split(",");
  assertEquals(names, SENT_BY_SDK);
  const read = await get(wix, MY, { origin: PAGE });
  assertEquals(allowedOrigin(read), PAGE);
  assertEquals(read.headers.get("vary"), "origin");
  const origin = "https://shop.example";
  assertEquals(allowedOrigin(await preflight(wix, MY, origin)), null);
  assertEquals(allowedOrigin(await get(wix, MY, { origin })), null);
  wix.controls.allowedOrigins = [origin];
  assertEquals(allowedOrigin(await preflight(wix, MY, origin)), origin);
});

test("other origins can't use console, controls and hosted pages", async (wix) => {
  const login = await pageUrl(wix, { login: {} });
  const paths = ["/", "/_local/overview", login.slice(wix.origin.length)];
  for (const path of paths) {
    const headers = { origin: PAGE };
    const page = await fetch(wix.origin + path, { headers });
    await page.body?.cancel();
    for (const response of [page, await preflight(wix, path, PAGE)]) {
      assertEquals(allowedOrigin(response), null, path);
    }
  }
});

test("[assumed] an app reads its client, allowed URLs and instance", async (wix) => {
  const allowedRedirectUris = ["https://shop.example/callback"];
  wix.controls.change({ allowedRedirectUris });
  const authorization = await appToken(wix);
  const path = `/oauth-app/v1/oauth-apps/${SITE.clientId}`;
  const { oAuthApp } = Object((await get(wix, path, { authorization })).body);
  assertEquals(oAuthApp.id, SITE.clientId);
  assertEquals(oAuthApp.allowedRedirectUris, allowedRedirectUris);
  const { body } = await get(wix, "/apps/v1/instance", { authorization });
  assertEquals(at(body, "instance.instanceId"), SITE.instanceId);
  assertEquals(at(body, "site.siteId"), SITE.siteId);
  const visitor = { authorization: (await visitorTokens(wix)).access };
  for (const closed of [path, "/apps/v1/instance"]) {
    assertEquals((await get(wix, closed, visitor)).status, 403);
  }
});

test("GET /media/{id} draws an image, in any size and without script; programs get a PNG", async (wix) => {
  const get = (path: string, accept: string) =>
    fetch(`${wix.origin}/media/${path}`, { headers: { accept } });
  const draw = async (path: string) => {
    const response = await get(path, "image/avif,image/svg+xml,*/*;q=0.8");
    const { headers } = response;
    assertEquals(headers.get("content-type"), "image/svg+xml");
    assertEquals(headers.get("vary"), "accept");
    const policy = headers.get("content-security-policy");
    assertEquals(policy, "default-src 'none'");
    return await response.text();
  };
  const id = "juniper_mug~mv2.jpg";
  const mug = await draw(id);
  assertMatch(mug, /^<svg .*<\/svg>$/);
  const resized = `${id}/v1/fill/w_128,h_128,al_c,q_80/${id}`;
  assertEquals(await draw(resized), mug);
  assertNotEquals(await draw("juniper_apr~mv2.jpg"), mug);
  const hostile = encodeURIComponent('"><script>alert(1)</script>');
  assert(!(await draw(hostile)).includes("script"));
  const png = await (await get(id, "*/*")).bytes();
  // The pixels' checksum is right: it inflates.
  const bitmap = await createImageBitmap(new Blob([png]));
  assertEquals([bitmap.width, bitmap.height], [64, 64]);
});
