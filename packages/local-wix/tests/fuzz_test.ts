/**
 * Hostile input: requests that are right in parts, over all routes. `FUZZ` sets
 * how many (`FUZZ=100000 deno task test tests/fuzz_test.ts`), `FUZZ_SEED` which.
 */
import { Buffer } from "node:buffer";
import { Agent, type IncomingMessage, request } from "node:http";
import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { type LocalWix, SITE, startLocalWix } from "../src/mod.ts";
import { ROUTES } from "../src/routes.ts";
import {
  appToken,
  authRequest,
  codeGrant,
  memberTokens,
  pageUrl,
  rawResponse,
  visitorTokens,
} from "./helpers/http.ts";
import { sourceTexts } from "./helpers/sources.ts";

const RUNS = {
  numRuns: Math.ceil(Number(Deno.env.get("FUZZ") ?? 1600) / 16),
  seed: Number(Deno.env.get("FUZZ_SEED") ?? 1),
};
const NAMES = ROUTES.map(({ name }) => name);

/** Every name and text that local Wix could be waiting for. */
const WORDS = [
  ...new Set(
    (await sourceTexts()).flatMap(([, text]) =>
      text.match(/[$A-Za-z_][\w.$-]{1,40}/g) ?? []
    ),
  ),
  ...["__proto__", "constructor", "toString", "length"],
];
const word = fc.constantFrom(...WORDS);

const ODD: readonly unknown[] = [
  1e308,
  Number.MAX_SAFE_INTEGER,
  "\ud800",
  "\0",
  "٣",
  "x".repeat(5000),
  "2026-11-22T12:00:00.000Z",
  "+275760-09-13T00:00:00.001Z",
  "http://localhost:8000/callback",
  "http://[::1",
  "javascript:alert(1)",
  "00000001-0000-4000-8000-000000000001",
  [[[[]]]],
  nested(100, (inner) => ({ $not: inner })),
  nested(500, (inner) => ({ $and: [inner] })),
  { $ne: null },
  { $and: [{}, { $or: [] }] },
  JSON.parse('{"__proto__": {"a": 1}, "constructor": 1, "toString": 2}'),
];

function nested(depth: number, wrap: (inner: unknown) => unknown): unknown {
  let value: unknown = {};
  for (let i = 0; i < depth; i++) value = wrap(value);
  return value;
}

const junk: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(...ODD),
    word,
    fc.jsonValue(),
    fc.dictionary(word, tie("value"), { maxKeys: 5 }),
    fc.array(tie("value"), { maxLength: 5 }),
  ),
})).value;

/** `value` with some of its parts replaced, renamed or added. */
function mutated(value: unknown): fc.Arbitrary<unknown> {
  if (typeof value !== "object" || value === null) {
    return fc.oneof({ weight: 7, arbitrary: fc.constant(value) }, junk);
  }
  const parts = Object.entries(value).map(([name, part]) =>
    fc.tuple(
      fc.oneof({ weight: 19, arbitrary: fc.constant(name) }, word),
      mutated(part),
    )
  );
  const extra = fc.array(fc.tuple(word, junk), { maxLength: 1 });
  const changed = fc.tuple(fc.tuple(...parts), extra).map(([own, more]) =>
    Array.isArray(value)
      ? own.map(([, part]) => part)
      : Object.fromEntries([...own, ...more])
  );
  return fc.oneof({ weight: 7, arbitrary: changed }, junk);
}

interface Shot {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** Requests to the routes called `names`, with credentials and ids of `wix`. */
async function shots(
  wix: LocalWix,
  names: readonly string[],
): Promise<fc.Arbitrary<Shot>> {
  const { clientId } = SITE;
  const member = await memberTokens(wix);
  const visitor = await visitorTokens(wix);
  const logout = { logout: { clientId } };
  const auth = { auth: { authRequest: authRequest() } };
  const bodies: readonly unknown[] = [
    { clientId, grantType: "anonymous" },
    { clientId, grantType: "refresh_token", refreshToken: member.refresh },
    { clientId, ...await codeGrant(wix) },
    { token: member.access },
    auth,
    logout,
    { login: {}, callbacks: { postFlowUrl: "http://localhost/" } },
    { query: { filter: { id: { $in: ["x"] } }, paging: { limit: 5 } } },
    { search: { sort: [{ fieldName: "number", order: "ASC" }] } },
    { search: { cursorPaging: { limit: 3, cursor: "x" } } },
    { member: { profile: { nickname: "x" }, contact: { phones: [] } } },
    { email: "ann@demo.example", password: "x", action: "login" },
    { target: "GET /", kind: "delay", delayMs: 1, rotation: "off" },
  ];
  const pages = [await pageUrl(wix, auth), await pageUrl(wix, logout)];
  const credential = fc.constantFrom(
    visitor.access,
    member.access,
    await appToken(wix),
    SITE.apiKey,
  );
  const ascii = fc.string({ unit: "binary-ascii", maxLength: 40 })
    .map((text) => text.replace(/[^\x20-\x7e]/g, ""));
  const header = fc.oneof(
    ascii,
    ascii.map((text) => `Bearer ${text}`),
    ascii.map((text) => `local_wix_login=${text}.${text}`),
    credential.map((text) => `OauthNG.JWS.${text.slice(20)}`),
  );
  const segment = fc.oneof(
    fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }))
      .map(([a, b]) => `0000000${a}-0000-4000-8000-00000000000${b}`),
    word.map(encodeURIComponent),
    fc.constantFrom("..", "%2e%2e", "%", "%ff", "//", "", "__proto__"),
  );
  const payload = fc.oneof(
    { weight: 7, arbitrary: fc.constantFrom(...bodies).chain(mutated) },
    { weight: 3, arbitrary: junk },
  );
  return fc.record({
    name: fc.constantFrom(...names),
    segments: fc.array(segment, { minLength: 3, maxLength: 3 }),
    tail: fc.option(segment, { freq: 9, nil: "" }),
    method: fc.option(fc.constantFrom("GET", "POST"), { freq: 19 }),
    authorization: fc.oneof({ weight: 9, arbitrary: credential }, header),
    cookie: fc.option(header, { freq: 4 }),
    more: fc.option(
      fc.tuple(
        fc.constantFrom("origin", "accept", "x-wix-consistent", "range"),
        header,
      ),
      { freq: 4 },
    ),
    isForm: fc.integer({ min: 0, max: 4 }).map((n) => n === 0),
    payload,
    cut: fc.option(fc.nat(200), { freq: 19 }),
    query: fc.constantFrom("none", "packed", "form", "page", "odd"),
    page: fc.constantFrom(...pages.map((url) => new URL(url).search)),
  }).map((parts) => {
    const [method = "GET", pattern = "/"] = parts.name.split(" ");
    const path = pattern.replace(
      /\{\w+\}/g,
      () => parts.segments.pop() ?? "x",
    ) + parts.tail;
    const json = (JSON.stringify(parts.payload) ?? "")
      .slice(0, parts.cut ?? undefined);
    const queries = {
      none: "",
      packed: `?.r=${Buffer.from(json).toString("base64url")}`,
      form: `?${formOf(parts.payload)}`,
      page: parts.page,
      odd: `?${encodeURIComponent(json.slice(0, 30))}&%ff=%`,
    };
    return {
      method: parts.method ?? method,
      // Node's parser refuses longer heads by itself.
      path: (path + queries[parts.query as keyof typeof queries]).slice(
        0,
        6000,
      ),
      headers: {
        authorization: parts.authorization,
        "wix-site-id": SITE.siteId,
        ...(parts.cookie && { cookie: parts.cookie }),
        ...(parts.more && { [parts.more[0]]: parts.more[1] }),
        "content-type": parts.isForm
          ? "application/x-www-form-urlencoded"
          : "application/json",
      },
      body: parts.isForm ? formOf(parts.payload) : json,
    };
  });
}

function formOf(payload: unknown): string {
  const fields = Object.entries(Object(payload)).map(([name, value]) => [
    name,
    typeof value === "string" ? value : JSON.stringify(value) ?? "",
  ]);
  return new URLSearchParams(fields).toString();
}

interface FuzzResponse {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  readonly text: string;
}

/** Not `fetch`, which tidies paths up. */
function fire(wix: LocalWix, agent: Agent, shot: Shot): Promise<FuzzResponse> {
  const { method, path } = shot;
  // Node sends the body of a DELETE without saying how long it is.
  const body = method === "GET" ? "" : shot.body;
  const length = String(Buffer.byteLength(body));
  const headers = { ...shot.headers, "content-length": length };
  const { port } = new URL(wix.origin);
  return new Promise((resolve, reject) => {
    const options = { host: "127.0.0.1", port, method, path, headers, agent };
    const sent = request(options, async (response) => {
      const chunks: Uint8Array[] = await Array.fromAsync(response);
      resolve({
        status: response.statusCode ?? 0,
        headers: response.headers,
        text: Buffer.concat(chunks).toString(),
      });
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

/** What is wrong with a response, whatever was requested. */
function problemOf(
  { status, headers, text }: FuzzResponse,
): string | undefined {
  if (status >= 500 && status !== 501) return `status ${status}`;
  if (!headers["x-wix-request-id"]) return "no request id";
  const type = headers["content-type"] ?? "";
  if (type.startsWith("application/json")) {
    JSON.parse(text);
    return;
  }
  if (type.startsWith("text/plain") && text.startsWith("User-agent:")) return;
  if (type.startsWith("image/svg+xml") && text.startsWith("<svg")) return;
  if (status === 303 && headers.location !== undefined) return;
  const isPage = type.startsWith("text/html") && text.includes("Local Wix");
  return isPage ? undefined : `neither JSON nor page: ${type}`;
}

async function fuzz(names: readonly string[], batch: number): Promise<void> {
  const failures: string[] = [];
  const log = (line: string) => {
    if (line.startsWith("Local Wix failed")) failures.push(line);
  };
  await using wix = await startLocalWix({ port: 0, log });
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  try {
    const shot = await shots(wix, names);
    await fc.assert(
      fc.asyncProperty(
        fc.array(shot, { minLength: batch, maxLength: batch }),
        async (batch) => {
          wix.controls.reset();
          for (const one of batch) {
            assertEquals(problemOf(await fire(wix, agent, one)), undefined);
          }
          assertEquals(failures, []);
        },
      ),
      RUNS,
    );
  } finally {
    agent.destroy();
  }
}

const isControl = (name: string) => name.includes(" /_local/");

Deno.test("fuzzed requests over all routes get proper responses", () =>
  fuzz(NAMES.filter((name) => !isControl(name)), 16));

Deno.test("fuzzed controls get proper responses", () =>
  fuzz(NAMES.filter(isControl), 1));

Deno.test("bytes that are no HTTP request leave the server running", async () => {
  await using wix = await startLocalWix({ port: 0 });
  // Nothing but line ends is no request yet, and the server would wait.
  const text = fc.string({ unit: "binary", maxLength: 60 })
    .map((text) => `x${text}`);
  const odd = fc.constantFrom(
    "content-length: -1\r\n\r\n",
    "transfer-encoding: chunked\r\n\r\nzz\r\n",
  );
  const line = (path: string) => `GET ${path} HTTP/1.1\r\nhost: localhost\r\n`;
  const garbage = fc.oneof(
    text,
    fc.tuple(text, text).map(([a, b]) => `${line(`/${a}`)}${b}\r\n\r\n`),
    odd.map((rest) => line("/") + rest),
    fc.constantFrom(
      `${line("http://evil.example/")}\r\n`,
      "OPTIONS * HTTP/1.1\r\nhost: localhost\r\n\r\n",
      "CONNECT x:1 HTTP/1.1\r\nhost: localhost\r\n\r\n",
    ),
  );
  await fc.assert(
    fc.asyncProperty(garbage, async (bytes) => {
      const closing = bytes.replace("\r\n", "\r\nconnection: close\r\n");
      const response = await rawResponse(wix, `${closing}\r\n\r\n`);
      assertEquals(/^HTTP\/1.1 5(?!01)/.test(response), false);
    }),
    RUNS,
  );
  assertEquals((await visitorTokens(wix)).access.length > 0, true);
});
