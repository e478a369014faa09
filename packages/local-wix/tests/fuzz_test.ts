import { assertEquals } from "@std/assert";
import { Buffer } from "node:buffer";
import { Agent, type IncomingMessage, request } from "node:http";
import { ROUTES } from "../src/routes.ts";
import { type LocalWix, SITE, startLocalWix } from "../src/mod.ts";
import { sourcesOf } from "./helpers/sources.ts";
import {
  at,
  authRequest,
  codeGrant,
  memberTokens,
  pageUrl,
  rawAnswer,
  token,
  visitorTokens,
} from "./helpers/http.ts";
import { Random } from "./helpers/random.ts";

/** `FUZZ=100000 deno test …` for a long run, `FUZZ_SEED` for another one. */
const COUNT = Number(Deno.env.get("FUZZ") ?? 1500);
const SEED = Number(Deno.env.get("FUZZ_SEED") ?? 1);
const LANES = 8;
const WORDS = await words();
const RESET_EVERY = 5000;

interface Shot {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

Deno.test(`${COUNT} fuzzed requests over all routes get proper answers (seed ${SEED})`, async () => {
  const failures: string[] = [];
  const log = (line: string) => {
    if (line.startsWith("Local Wix failed")) failures.push(line);
  };
  await using wix = await startLocalWix({ port: 0, log });
  const agent = new Agent({ keepAlive: true, maxSockets: LANES });
  const random = new Random(SEED);
  const statuses = new Map<number, number>();
  let fuzzer = await Fuzzer.prepare(wix, random);
  for (let done = 0; done < COUNT; done += LANES) {
    if (done % RESET_EVERY < LANES) {
      wix.controls.reset();
      fuzzer = await Fuzzer.prepare(wix, random);
    }
    const shots = Array.from({ length: LANES }, () => fuzzer.shot());
    const answers = await Promise.all(
      shots.map((shot) => fire(wix, agent, shot)),
    );
    for (const [index, answer] of answers.entries()) {
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      const problem = problemOf(answer);
      if (problem) failures.push(`${problem}: ${show(shots[index])}`);
    }
    if (failures.length > 5) break;
  }
  agent.destroy();
  assertEquals(failures.slice(0, 5), []);
  console.log(
    "statuses",
    Object.fromEntries([...statuses].sort(([a], [b]) => a - b)),
  );
});

Deno.test("fuzzed controls get proper answers", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const agent = new Agent({ keepAlive: true });
  const fuzzer = await Fuzzer.prepare(wix, new Random(SEED));
  const failures: string[] = [];
  for (let done = 0; done < COUNT / 10; done++) {
    const shot = fuzzer.control();
    const problem = problemOf(await fire(wix, agent, shot));
    if (problem) failures.push(`${problem}: ${show(shot)}`);
    if (shot.method === "POST") wix.controls.reset();
  }
  agent.destroy();
  assertEquals(failures.slice(0, 5), []);
});

Deno.test("bytes that are no HTTP request leave the server running", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const random = new Random(SEED);
  for (let i = 0; i < 200; i++) {
    const line = `GET /${random.text(20)} HTTP/1.1\r\nhost: localhost\r\n`;
    const garbage = random.pick([
      random.text(200),
      `${line}${random.text(40)}\r\n\r\n`,
      `${line}content-length: -1\r\n\r\n`,
      `${line}transfer-encoding: chunked\r\n\r\nzz\r\n`,
      `GET http://evil.example/ HTTP/1.1\r\nhost: localhost\r\n\r\n`,
      `OPTIONS * HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n`,
      `CONNECT x:1 HTTP/1.1\r\nhost: localhost\r\n\r\n`,
    ]);
    const answer = await rawAnswer(
      wix,
      garbage.replace("\r\n", "\r\nconnection: close\r\n") + "\r\n\r\n",
    );
    assertEquals(/^HTTP\/1\.1 5(?!01)/.test(answer), false, garbage);
  }
  assertEquals((await visitorTokens(wix)).access.length > 0, true);
});

interface FuzzAnswer {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  readonly text: string;
}

/** Not `fetch`, which tidies paths up. */
function fire(wix: LocalWix, agent: Agent, shot: Shot): Promise<FuzzAnswer> {
  const { method, path } = shot;
  // Node sends the body of a DELETE without saying how long it is.
  const body = method === "GET" ? "" : shot.body;
  const length = String(Buffer.byteLength(body));
  const headers = { ...shot.headers, "content-length": length };
  const { port } = new URL(wix.origin);
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: "127.0.0.1", port, method, path, headers, agent },
      async (answer) => {
        const chunks: Uint8Array[] = await Array.fromAsync(answer);
        resolve({
          status: answer.statusCode ?? 0,
          headers: answer.headers,
          text: Buffer.concat(chunks).toString(),
        });
      },
    );
    sent.on("error", reject);
    sent.end(body);
  });
}

/** What is wrong with an answer, whatever was asked. */
function problemOf({ status, headers, text }: FuzzAnswer): string | undefined {
  if (status >= 500 && status !== 501) return `status ${status}`;
  if (!headers["x-wix-request-id"]) return "no request id";
  const type = headers["content-type"] ?? "";
  if (type.startsWith("application/json")) {
    try {
      JSON.parse(text);
      return;
    } catch {
      return "broken JSON";
    }
  }
  if (type.startsWith("text/plain") && text.startsWith("User-agent:")) return;
  if (type.startsWith("image/svg+xml") && text.startsWith("<svg")) return;
  if (status === 303 && headers.location !== undefined) return;
  const isPage = type.startsWith("text/html") && text.includes("Local Wix");
  return isPage ? undefined : `neither JSON nor page: ${type}`;
}

function show(shot: Shot | undefined): string {
  return JSON.stringify(shot).slice(0, 1000);
}

/** Makes requests that look right in parts. */
class Fuzzer {
  readonly #random: Random;
  readonly #credentials: readonly string[];
  readonly #bodies: readonly unknown[];
  readonly #pages: readonly string[];

  private constructor(
    random: Random,
    parts: {
      credentials: readonly string[];
      bodies: readonly unknown[];
      pages: readonly string[];
    },
  ) {
    this.#random = random;
    this.#credentials = parts.credentials;
    this.#bodies = parts.bodies;
    this.#pages = parts.pages;
  }

  static async prepare(wix: LocalWix, random: Random): Promise<Fuzzer> {
    const visitor = await visitorTokens(wix);
    const member = await memberTokens(wix);
    const app = await token(wix, {
      grantType: "client_credentials",
      clientSecret: SITE.clientSecret,
    });
    const { clientId } = SITE;
    const logout = { logout: { clientId } };
    const auth = { auth: { authRequest: authRequest() } };
    return new Fuzzer(random, {
      credentials: [
        visitor.access,
        member.access,
        String(at(app.body, "access_token")),
        SITE.apiKey,
      ],
      bodies: [
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
      ],
      pages: [await pageUrl(wix, auth), await pageUrl(wix, logout)]
        .map((url) => new URL(url).search),
    });
  }

  /** A request to some route of Wix. */
  shot(): Shot {
    const names = ROUTES.map(({ name }) => name)
      .filter((name) => !name.includes(" /_local/"));
    return this.#request(this.#random.pick(names));
  }

  /** A request to some control. */
  control(): Shot {
    const names = ROUTES.map(({ name }) => name)
      .filter((name) => name.includes(" /_local/"));
    const shot = this.#request(this.#random.pick(names));
    const { "content-type": type = "application/json" } = shot.headers;
    return { ...shot, headers: { "content-type": type } };
  }

  #request(name: string): Shot {
    const random = this.#random;
    const [method = "GET", pattern = "/"] = name.split(" ");
    const filled = pattern.replace(/\{\w+\}/g, () => this.#segment());
    const path = random.chance(0.1) ? filled + this.#segment() : filled;
    const credential = random.pick(this.#credentials);
    const isForm = random.chance(0.2);
    const payload = this.#payload();
    return {
      method: random.chance(0.05) ? random.pick(["GET", "POST"]) : method,
      // Node's parser refuses longer heads by itself.
      path: (path + this.#query(payload)).slice(0, 6000),
      headers: {
        authorization: random.chance(0.1) ? this.#header() : credential,
        "wix-site-id": SITE.siteId,
        ...(random.chance(0.2) && { cookie: this.#header() }),
        ...(random.chance(0.2) && { [random.pick(HEADERS)]: this.#header() }),
        "content-type": isForm
          ? "application/x-www-form-urlencoded"
          : "application/json",
      },
      body: isForm ? this.#form(payload) : this.#json(payload),
    };
  }

  /** Either a right body with some of it changed, or anything at all. */
  #payload(): unknown {
    const random = this.#random;
    if (random.chance(0.3)) return this.#value(0);
    return this.#change(random.pick(this.#bodies));
  }

  #change(value: unknown): unknown {
    const random = this.#random;
    if (random.chance(0.12)) return this.#value(0);
    if (Array.isArray(value)) return value.map((item) => this.#change(item));
    if (typeof value !== "object" || value === null) return value;
    const changed = Object.entries(value).map(([name, item]) => [
      random.chance(0.05) ? this.#word() : name,
      this.#change(item),
    ]);
    if (random.chance(0.2)) changed.push([this.#word(), this.#value(0)]);
    return Object.fromEntries(changed);
  }

  #value(depth: number): unknown {
    const random = this.#random;
    if (depth > 4 || random.chance(0.6)) {
      return random.pick([
        () => random.pick(ODD),
        () => this.#word(),
        () => random.text(30),
        () => random.integer(-10, 300),
      ])();
    }
    const size = random.integer(0, 5);
    const items = Array.from({ length: size }, () => this.#value(depth + 1));
    if (random.chance(0.3)) return items;
    return Object.fromEntries(items.map((item) => [this.#word(), item]));
  }

  #json(payload: unknown): string {
    const json = JSON.stringify(payload) ?? "";
    const random = this.#random;
    if (!random.chance(0.05)) return json;
    return json.slice(0, random.integer(0, json.length)) + random.text(5);
  }

  #form(payload: unknown): string {
    if (typeof payload !== "object" || payload === null) return "";
    const fields = Object.entries(payload).map(([name, value]) => [
      name,
      typeof value === "string" ? value : JSON.stringify(value) ?? "",
    ]);
    return new URLSearchParams(fields).toString();
  }

  #query(payload: unknown): string {
    const random = this.#random;
    const packed = Buffer.from(this.#json(payload)).toString("base64url");
    return random.pick([
      () => "",
      () => `?.r=${packed}`,
      () => `?${this.#form(payload)}`,
      () => random.pick(this.#pages),
      () => `?${encodeURI(random.text(30))}&%ff=%`,
    ])();
  }

  #segment(): string {
    const random = this.#random;
    return random.pick([
      () =>
        `0000000${random.integer(1, 9)}-0000-4000-8000-00000000000` +
        random.integer(1, 9),
      () => encodeURIComponent(this.#word()),
      () => random.pick(["..", "%2e%2e", "%", "%ff", "//", "", "__proto__"]),
    ])();
  }

  #header(): string {
    const random = this.#random;
    return random.pick([
      () => random.ascii(40),
      () => `Bearer ${random.ascii(20)}`,
      () => `local_wix_login=${random.ascii(20)}.${random.ascii(9)}`,
      () => `OauthNG.JWS.${random.pick(this.#credentials).slice(20)}`,
    ])();
  }

  #word(): string {
    return this.#random.pick(WORDS);
  }
}

const HEADERS = ["origin", "accept", "x-wix-consistent", "referer", "range"];

const ODD: readonly unknown[] = [
  null,
  true,
  "",
  0,
  -1,
  1.5,
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
  [],
  {},
  [[[[]]]],
  nested(100, (inner) => ({ $not: inner })),
  nested(500, (inner) => ({ $and: [inner] })),
  { $ne: null },
  { $and: [{}, { $or: [] }] },
  { $not: { $not: {} } },
  JSON.parse('{"__proto__": {"a": 1}, "constructor": 1, "toString": 2}'),
];

function nested(depth: number, wrap: (inner: unknown) => unknown): unknown {
  let value: unknown = {};
  for (let i = 0; i < depth; i++) value = wrap(value);
  return value;
}

/** Every name and text that local Wix could be waiting for. */
async function words(): Promise<string[]> {
  const found = new Set(["__proto__", "constructor", "toString", "length"]);
  for await (const path of sourcesOf("packages/local-wix/src")) {
    const source = await Deno.readTextFile(path);
    for (const [word] of source.matchAll(/[$A-Za-z_][\w.$-]{1,40}/g)) {
      found.add(word);
    }
  }
  return [...found];
}
