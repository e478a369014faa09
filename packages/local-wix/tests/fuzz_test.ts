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
  visitorTokens,
} from "./helpers/http.ts";
import { sourceTexts } from "./helpers/sources.ts";

const BATCH = 16;
const RUNS = {
  numRuns: Math.ceil(Number(Deno.env.get("FUZZ") ?? 1600) / BATCH),
  seed: Number(Deno.env.get("FUZZ_SEED") ?? 1),
};
const NAMES = ROUTES.map(({ name }) => name);

/** Every name and text that local Wix could be waiting for. */
const WORDS = (await sourceTexts()).flatMap(([, text]) =>
  text.match(/[$A-Za-z_][\w.$-]{1,40}/g) ?? []
);
const word = fc.constantFrom(
  ...new Set([...WORDS, "__proto__", "constructor", "toString", "length"]),
);

const ODD: readonly unknown[] = [
  1e308,
  "\ud800",
  "\0",
  "٣",
  "x".repeat(5000),
  "+275760-09-13T00:00:00.001Z",
  "http://[::1",
  "javascript:alert(1)",
  "00000001-0000-4000-8000-000000000001",
  JSON.parse('{"$and":['.repeat(500) + "{}" + "]}".repeat(500)),
  { $and: [{}, { $or: [] }, { $ne: null }] },
  JSON.parse('{"__proto__": {"a": 1}, "constructor": 1, "toString": 2}'),
];

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

const mostly = <T>(
  usual: fc.Arbitrary<T>,
  other: fc.Arbitrary<T>,
  weight = 7,
) => fc.oneof({ weight, arbitrary: usual }, other);

/** `value` with one of its parts replaced, if it has so many. */
const mutated = (value: unknown) =>
  fc.tuple(fc.nat(20), junk).map(([index, other]): unknown => {
    let part = 0;
    const replace = (_: string, value: unknown) =>
      part++ === index ? other : value;
    return JSON.parse(JSON.stringify(value), replace);
  });

const AMOUNT = { amount: "1.50" };
const SIZE = { optionChoiceNames: { optionName: "Size", choiceName: "S" } };
/** A product that can be created. */
const PRODUCT = {
  product: {
    name: "x",
    productType: "PHYSICAL",
    physicalProperties: {},
    options: [{ name: "Size", choicesSettings: { choices: [{ name: "S" }] } }],
    variantsInfo: {
      variants: [{ choices: [SIZE], price: { actualPrice: AMOUNT } }],
    },
  },
};

/** Requests to the routes called `names`, with credentials and ids of `wix`. */
async function shots(wix: LocalWix, names: readonly string[]) {
  const { clientId } = SITE;
  const member = await memberTokens(wix);
  const logout = { logout: { clientId } };
  const auth = { auth: { authRequest: authRequest() } };
  const bodies: readonly unknown[] = [
    { clientId, grantType: "anonymous" },
    { clientId, grantType: "refresh_token", refreshToken: member.refresh },
    { clientId, ...await codeGrant(wix) },
    { token: member.access },
    auth,
    logout,
    { query: { filter: { id: { $in: ["x"] } }, paging: { limit: 5 } } },
    { search: { sort: [{ fieldName: "number" }], cursorPaging: { limit: 3 } } },
    { member: { profile: { nickname: "x" }, contact: { phones: [] } } },
    { email: "ann@demo.example", password: "x", action: "login" },
    PRODUCT,
    { customItems: [{ name: { original: "x" }, pricing: { price: AMOUNT } }] },
    { target: "GET /", kind: "delay", delayMs: 1, rotation: "off" },
  ];
  const pages = [await pageUrl(wix, auth), await pageUrl(wix, logout)];
  const credential = fc.constantFrom(
    (await visitorTokens(wix)).access,
    member.access,
    await appToken(wix),
    SITE.apiKey,
  );
  const ascii = fc.stringMatching(/^[ -~]{0,40}$/);
  const header = fc.oneof(
    ascii,
    ascii.map((text) => `local_wix_login=${text}.${text}`),
    credential.map((text) => `OauthNG.JWS.${text.slice(20)}`),
  );
  const id = /^0000000[1-9]-0000-4000-8000-00000000000[1-9]$/;
  const segment = fc.oneof(
    fc.stringMatching(id),
    word.map(encodeURIComponent),
    fc.constantFrom("..", "%2e%2e", "%", "%ff", "//", "", "__proto__"),
  );
  return fc.record({
    name: fc.constantFrom(...names),
    segments: fc.array(segment, { minLength: 3, maxLength: 3 }),
    tail: mostly(fc.constant(""), segment),
    method: fc.option(fc.constantFrom("GET", "POST"), { freq: 19 }),
    authorization: mostly(credential, header),
    cookie: header,
    isForm: mostly(fc.constant(false), fc.constant(true), 4),
    payload: mostly(fc.constantFrom(...bodies).chain(mutated), junk, 3),
    cut: mostly(fc.constant(1e6), fc.nat(200), 19),
    query: fc.constantFrom("none", "packed", "form", "page", "odd"),
    page: fc.constantFrom(...pages.map((url) => new URL(url).search)),
  }).map(({ segments, payload, isForm, ...parts }) => {
    const [method = "GET", pattern = "/"] = parts.name.split(" ");
    const path = pattern.replace(/\{\w+\}/g, () => segments.pop() ?? "x");
    const json = (JSON.stringify(payload) ?? "").slice(0, parts.cut);
    const queries: Record<string, string> = {
      none: "",
      packed: `?.r=${Buffer.from(json).toString("base64url")}`,
      form: `?${formOf(payload)}`,
      page: parts.page,
      odd: `?${encodeURIComponent(json.slice(0, 30))}&%ff=%`,
    };
    const type = isForm ? "x-www-form-urlencoded" : "json";
    return {
      method: parts.method ?? method,
      // Node's parser refuses longer heads by itself.
      path: (path + parts.tail + queries[parts.query]).slice(0, 6000),
      headers: {
        cookie: parts.cookie,
        authorization: parts.authorization,
        "wix-site-id": SITE.siteId,
        "content-type": `application/${type}`,
      },
      body: isForm ? formOf(payload) : json,
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

type Shot = Awaited<ReturnType<typeof shots>> extends fc.Arbitrary<infer T> ? T
  : never;

/** Sends a shot, not with `fetch`, which tidies paths up; says what is wrong. */
async function fire(wix: LocalWix, agent: Agent, shot: Shot) {
  const { method, path } = shot;
  // Node sends the body of a DELETE without saying how long it is.
  const body = method === "GET" ? "" : shot.body;
  const length = String(Buffer.byteLength(body));
  const headers = { ...shot.headers, "content-length": length };
  const { port } = new URL(wix.origin);
  const options = { host: "127.0.0.1", port, method, path, headers, agent };
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request(options, resolve).on("error", reject).end(body);
  });
  const chunks: Uint8Array[] = await Array.fromAsync(response);
  const text = Buffer.concat(chunks).toString();
  const { statusCode: status = 0, headers: { location, ...got } } = response;
  if (status >= 500 && status !== 501) return `status ${status}`;
  if (!got["x-wix-request-id"]) return "no request id";
  const type = got["content-type"] ?? "";
  if (type.startsWith("application/json")) return void JSON.parse(text);
  if (status === 303 && location !== undefined) return;
  const isText = /^(User-agent:|.PNG)/.test(text) ||
    type.startsWith("text/html") && text.includes("Local Wix");
  return isText ? undefined : `neither JSON nor page: ${type}`;
}

async function fuzz(names: readonly string[], length: number): Promise<void> {
  const failures: string[] = [];
  const log = (line: string) => {
    if (line.startsWith("Local Wix failed")) failures.push(line);
  };
  await using wix = await startLocalWix({ port: 0, log });
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  const shot = await shots(wix, names);
  const batch = fc.array(shot, { minLength: length, maxLength: length });
  const property = fc.asyncProperty(batch, async (batch) => {
    wix.controls.reset();
    for (const one of batch) {
      assertEquals(await fire(wix, agent, one), undefined);
    }
    assertEquals(failures, []);
  });
  await fc.assert(property, RUNS).finally(() => agent.destroy());
}

const isControl = (name: string) => name.includes(" /_local/");

Deno.test("fuzzed requests over all routes get proper responses", () =>
  fuzz(NAMES.filter((name) => !isControl(name)), BATCH));

Deno.test("fuzzed controls get proper responses", () =>
  fuzz(NAMES.filter(isControl), 1));
