import {
  assertEquals,
  assertInstanceOf,
  assertMatch,
  assertThrows,
} from "@std/assert";
import { ConfigError, readConfig } from "../../src/config/read_config.ts";

type Env = Record<string, string>;

const CLIENT_ID = "00000000-0000-4000-8000-000000000001";
const SECRET = "v3Kq9ZxT0mWb7RfYc2NdHs8LuJpXa5Ge";
const CLIENT_SECRET = "a client secret, as long as those of Wix";
const APP_ORIGIN = "https://shop.example";
const PRODUCTION = {
  WIX_CLIENT_ID: CLIENT_ID,
  WIX_CLIENT_SECRET: CLIENT_SECRET,
  APP_ORIGIN,
};

/** Reads the settings of production and others; empty ones are not set. */
const read = (env: Env = {}) =>
  readConfig((name) => ({ ...PRODUCTION, ...env })[name]);

function problemsIn(env: Env): readonly string[] {
  const error = assertThrows(() => read(env), ConfigError);
  assertInstanceOf(error, ConfigError);
  return error.problems;
}

Deno.test("readConfig() accepts the Wix CLI's settings and an origin", () => {
  assertEquals(read(), {
    clientId: CLIENT_ID,
    elevated: {
      kind: "app",
      clientSecret: CLIENT_SECRET,
      instanceId: undefined,
    },
    appOrigin: APP_ORIGIN,
    wixApiOrigin: undefined,
    secureCookies: true,
    strictTransport: true,
    developerHints: false,
    logFormat: "json",
    sessionSecrets: [CLIENT_SECRET],
    webhookKey: undefined,
    isDeployed: false,
  });
});

const NONE = "WIX_CLIENT_ID= WIX_CLIENT_SECRET= APP_ORIGIN=";
const WRONG =
  "WIX_CLIENT_ID=my-app WIX_CLIENT_SECRET= APP_ORIGIN=shop.example " +
  "WIX_CLIENT_INSTANCE_ID=zero SESSION_SECRET=short WIX_API_KEY=key";
const WRONG_NAMES =
  "WIX_CLIENT_ID APP_ORIGIN WIX_CLIENT_INSTANCE_ID WIX_SITE_ID SESSION_SECRET";
const ON_DEPLOY = { DENO_DEPLOY: "1", APP_ORIGIN: "" };
const SLUGGED =
  "APP_ORIGIN= DENO_DEPLOY_APP_SLUG=shop DENO_DEPLOY_ORG_SLUG=acme";
const REPEATED = "a".repeat(40);
const refused: [what: string, settings: string, variables?: string][] = [
  ["nothing", NONE, "WIX_CLIENT_ID APP_ORIGIN SESSION_SECRET"],
  ["all that is wrong at once", WRONG, WRONG_NAMES],
  ["an origin without a scheme", "APP_ORIGIN=shop.example"],
  ["ftp", "APP_ORIGIN=ftp://shop.example"],
  ["a path", "APP_ORIGIN=https://shop.example/path"],
  ["a user", "APP_ORIGIN=https://user@shop.example"],
  ["half a URL", "APP_ORIGIN=//shop.example"],
  ["http (D4)", "APP_ORIGIN=http://shop.example"],
  ["localhost on Deploy", "APP_ORIGIN=http://localhost:8000 DENO_DEPLOY=1"],
  ["no origin (D5)", "APP_ORIGIN= DENO_DEPLOY=1 DENO_TIMELINE=production"],
  ["no origin where no timeline is named (D5)", "APP_ORIGIN= DENO_DEPLOY=1"],
  ["no origin elsewhere (D5)", "APP_ORIGIN= DENO_TIMELINE=preview/b2f0a4"],
  ["slugs without Deploy", `${SLUGGED} DENO_TIMELINE=production`],
  ["slugs without a timeline (D5)", `${SLUGGED} DENO_DEPLOY=1`],
  ["local Wix in production", "WIX_API_ORIGIN=http://localhost:4400"],
  ["other hints", "DEVELOPER_HINTS=1"],
  ["another log", "LOG_FORMAT=xml"],
  ["a short secret (D2)", `SESSION_SECRET=${SECRET.slice(0, 31)}`],
  ["a repeated secret (D2)", `SESSION_SECRET=${REPEATED}`],
  [
    "a guessable secret (D2)",
    `SESSION_SECRET=Our-Shop-Session-2026-of-Ann-and-Ben`,
  ],
  ["a guessable second secret", `SESSION_SECRET=${SECRET},${SECRET}-example`],
  ["a short second secret", `SESSION_SECRET=${SECRET},x`],
  ["an empty second secret", `SESSION_SECRET=${SECRET},`],
];
for (const [what, settings, variables] of refused) {
  Deno.test(`readConfig() refuses ${what}`, () => {
    const env = settings.split(" ").map((setting) => setting.split("="));
    const names = problemsIn(Object.fromEntries(env))
      .map((problem) => problem.split(" ")[0]);
    assertEquals(names.join(" "), variables ?? settings.split("=")[0]);
  });
}

Deno.test("a ConfigError never repeats a value (D1)", () => {
  const env = { SESSION_SECRET: "hunter2", WIX_CLIENT_ID: "hunter2" };
  const error = assertThrows(() => read(env));
  assertInstanceOf(error, ConfigError);
  assertEquals(`${error.message}${error.stack}`.includes("hunter2"), false);
});

const local: [origin: string, secure: boolean, strict: boolean][] = [
  ["http://localhost:8000", false, false],
  ["http://127.0.0.1:8000", false, false],
  ["http://[::1]:8000", false, false],
  ["https://localhost:8443", true, false],
];
for (const [APP_ORIGIN, secure, strict] of local) {
  Deno.test(`on ${APP_ORIGIN} cookies are ${secure ? "" : "not "}secure, https is not forced, and hints are off (O2)`, () => {
    const SESSION_SECRET = "a secret that is good enough for this machine";
    const env = { APP_ORIGIN, SESSION_SECRET };
    const { secureCookies, strictTransport, developerHints } = read(env);
    assertEquals([secureCookies, strictTransport], [secure, strict]);
    assertEquals(developerHints, false);
  });
}

Deno.test("developer hints and text logs need their own settings on every host (O2)", () => {
  assertEquals(read({ DEVELOPER_HINTS: "true" }).developerHints, true);
  assertEquals(read({ LOG_FORMAT: "text" }).logFormat, "text");
});

const SLUGS = { DENO_DEPLOY_APP_SLUG: "shop", DENO_DEPLOY_ORG_SLUG: "acme" };
const previews: [timeline: string, given: string, counts?: string][] = [
  ["preview/b2f0a4", ""],
  ["preview/b2f0a4", APP_ORIGIN],
  ["git-branch/feature", ""],
  ["git-branch/staging", APP_ORIGIN, APP_ORIGIN],
  ["production", APP_ORIGIN, APP_ORIGIN],
  ["production", "", "https://shop.acme.deno.net"],
];
for (const [DENO_TIMELINE, given, counts] of previews) {
  Deno.test(`on Deno Deploy's timeline ${DENO_TIMELINE} the origin "${given}" counts as ${counts} (D5)`, () => {
    const env = { ...ON_DEPLOY, ...SLUGS, DENO_TIMELINE, APP_ORIGIN: given };
    const config = read(env);
    assertEquals([config.appOrigin, config.secureCookies], [counts, true]);
  });
}

Deno.test("an instance id of zeros counts as none, and an API key with its site elevates where there is no client secret", () => {
  const zeros = "00000000-0000-0000-0000-000000000000";
  const app = read({ WIX_CLIENT_INSTANCE_ID: zeros }).elevated;
  assertEquals(app?.kind === "app" && app.instanceId, undefined);
  const key = { WIX_API_KEY: "key", WIX_SITE_ID: "site" };
  const env = { WIX_CLIENT_SECRET: "", SESSION_SECRET: SECRET, ...key };
  const expected = { kind: "api-key", apiKey: "key", siteId: "site" } as const;
  assertEquals(read(env).elevated, expected);
});

for (const WIX_CLIENT_SECRET of ["short", "a".repeat(40)]) {
  Deno.test(`readConfig() derives no session secret from "${WIX_CLIENT_SECRET.slice(0, 5)}…" (D2)`, () => {
    const [problem = "", ...more] = problemsIn({ WIX_CLIENT_SECRET });
    const text =
      /^SESSION_SECRET is not set, and WIX_CLIENT_SECRET, .*openssl rand/;
    assertMatch(problem, text);
    assertEquals(more, []);
  });
}

Deno.test("SESSION_SECRET is a list: the first encrypts, all decrypt, and any client secret is accepted", () => {
  const listed = `${SECRET}, ${SECRET} of before`;
  const env = { WIX_CLIENT_SECRET: "short", SESSION_SECRET: listed };
  assertEquals(read(env).sessionSecrets, [SECRET, `${SECRET} of before`]);
});
