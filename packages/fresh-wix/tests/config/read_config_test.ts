import {
  assertEquals,
  assertInstanceOf,
  assertMatch,
  assertThrows,
} from "@std/assert";
import { ConfigError, readConfig } from "../../src/config/read_config.ts";

const CLIENT_ID = "00000000-0000-4000-8000-000000000001";
const SECRET = "a secret of at least thirty-two characters";
const CLIENT_SECRET = "a client secret, as long as those of Wix";
const PRODUCTION = {
  WIX_CLIENT_ID: CLIENT_ID,
  WIX_CLIENT_SECRET: CLIENT_SECRET,
  APP_ORIGIN: "https://shop.example",
};

const read = (env: Record<string, string>) => readConfig((name) => env[name]);

function problemsOf(env: Record<string, string>): readonly string[] {
  const error = assertThrows(() => read(env), ConfigError);
  assertInstanceOf(error, ConfigError);
  return error.problems;
}

/** Names of the variables that are complained about. */
const namesIn = (env: Record<string, string>) =>
  problemsOf(env).map((problem) => problem.split(" ")[0]);

Deno.test("readConfig() takes what the Wix CLI writes, and an origin", () => {
  assertEquals(read(PRODUCTION), {
    clientId: CLIENT_ID,
    elevated: {
      kind: "app",
      clientSecret: CLIENT_SECRET,
      instanceId: undefined,
    },
    appOrigin: "https://shop.example",
    wixApiOrigin: undefined,
    secureCookies: true,
    strictTransport: true,
    developerHints: false,
    logFormat: "json",
    sessionSecrets: [CLIENT_SECRET],
  });
});

Deno.test("readConfig() reports every problem at once, by name", () => {
  assertEquals(namesIn({}), ["WIX_CLIENT_ID", "APP_ORIGIN", "SESSION_SECRET"]);
  assertEquals(
    namesIn({
      WIX_CLIENT_ID: "my-app",
      WIX_CLIENT_INSTANCE_ID: "zero",
      APP_ORIGIN: "shop.example",
      SESSION_SECRET: "short",
      WIX_API_KEY: "key",
    }),
    [
      "WIX_CLIENT_ID",
      "APP_ORIGIN",
      "WIX_CLIENT_INSTANCE_ID",
      "WIX_SITE_ID",
      "SESSION_SECRET",
    ],
  );
});

Deno.test("a ConfigError never repeats a value (D1)", () => {
  const error = assertThrows(() =>
    read({ ...PRODUCTION, SESSION_SECRET: "hunter2", WIX_CLIENT_ID: "hunter2" })
  );
  assertInstanceOf(error, ConfigError);
  assertEquals(`${error.message}${error.stack}`.includes("hunter2"), false);
});

const badOrigins = [
  "shop.example",
  "ftp://shop.example",
  "https://shop.example/path",
  "https://user@shop.example",
  "//shop.example",
];
for (const APP_ORIGIN of badOrigins) {
  Deno.test(`readConfig() refuses the origin ${APP_ORIGIN}`, () => {
    assertEquals(namesIn({ ...PRODUCTION, APP_ORIGIN }), ["APP_ORIGIN"]);
  });
}

Deno.test("readConfig() refuses http, except on this machine (D4)", () => {
  const http = { ...PRODUCTION, APP_ORIGIN: "http://shop.example" };
  assertEquals(namesIn(http), ["APP_ORIGIN"]);
  for (const host of ["localhost:8000", "127.0.0.1:8000", "[::1]:8000"]) {
    const config = read({ ...PRODUCTION, APP_ORIGIN: `http://${host}` });
    const { secureCookies, strictTransport } = config;
    assertEquals([secureCookies, strictTransport], [false, false], host);
  }
});

Deno.test("https on this machine has secure cookies, and does not insist on https", () => {
  const APP_ORIGIN = "https://localhost:8443";
  const { secureCookies, strictTransport } = read({
    ...PRODUCTION,
    APP_ORIGIN,
  });
  assertEquals([secureCookies, strictTransport], [true, false]);
});

Deno.test("hints for developers need a setting of their own, whatever the host (O2)", () => {
  const local = { ...PRODUCTION, APP_ORIGIN: "http://localhost:8000" };
  assertEquals(read(local).developerHints, false);
  assertEquals(
    read({ ...local, DEVELOPER_HINTS: "true" }).developerHints,
    true,
  );
  assertEquals(namesIn({ ...local, DEVELOPER_HINTS: "1" }), [
    "DEVELOPER_HINTS",
  ]);
});

Deno.test("the log is JSON unless LOG_FORMAT says text", () => {
  assertEquals(read({ ...PRODUCTION, LOG_FORMAT: "text" }).logFormat, "text");
  assertEquals(namesIn({ ...PRODUCTION, LOG_FORMAT: "xml" }), ["LOG_FORMAT"]);
});

Deno.test("production refuses to start with WIX_API_ORIGIN", () => {
  const WIX_API_ORIGIN = "http://localhost:4400";
  assertEquals(namesIn({ ...PRODUCTION, WIX_API_ORIGIN }), ["WIX_API_ORIGIN"]);
});

Deno.test("on Deno Deploy localhost is not this machine", () => {
  const env = { APP_ORIGIN: "http://localhost:8000", DENO_DEPLOY: "1" };
  assertEquals(namesIn({ ...PRODUCTION, ...env }), ["APP_ORIGIN"]);
});

const { APP_ORIGIN: _, ...WITHOUT_ORIGIN } = PRODUCTION;
const APP_ORIGIN = PRODUCTION.APP_ORIGIN;

/** [timeline, APP_ORIGIN, the origin that counts] */
const previews: [string, string | undefined, string | undefined][] = [
  ["preview/b2f0a4", undefined, undefined],
  ["preview/b2f0a4", APP_ORIGIN, undefined],
  ["git-branch/feature", undefined, undefined],
  ["git-branch/staging", APP_ORIGIN, APP_ORIGIN],
  ["production", APP_ORIGIN, APP_ORIGIN],
];
for (const [DENO_TIMELINE, origin, expected] of previews) {
  const having = origin === undefined ? "without" : "with";
  const off = expected === undefined ? "no origin" : "its origin";
  Deno.test(`on Deno Deploy's timeline ${DENO_TIMELINE} an app ${having} APP_ORIGIN starts with ${off} (D5)`, () => {
    const config = read({
      ...WITHOUT_ORIGIN,
      DENO_DEPLOY: "true",
      DENO_TIMELINE,
      ...(origin !== undefined && { APP_ORIGIN: origin }),
    });
    assertEquals([config.appOrigin, config.secureCookies], [expected, true]);
  });
}

const noPreviews: [why: string, env: Record<string, string>][] = [
  ["in production", { DENO_DEPLOY: "1", DENO_TIMELINE: "production" }],
  ["on a Deploy that names no timeline", { DENO_DEPLOY: "1" }],
  ["elsewhere than on Deploy", { DENO_TIMELINE: "preview/b2f0a4" }],
];
for (const [why, env] of noPreviews) {
  Deno.test(`APP_ORIGIN is required ${why} (D5)`, () => {
    assertEquals(namesIn({ ...WITHOUT_ORIGIN, ...env }), ["APP_ORIGIN"]);
  });
}

Deno.test("an instance id of zeros counts as none", () => {
  const { elevated } = read({
    ...PRODUCTION,
    WIX_CLIENT_INSTANCE_ID: "00000000-0000-0000-0000-000000000000",
  });
  assertEquals(elevated?.kind === "app" && elevated.instanceId, undefined);
});

Deno.test("an API key with its site elevates where there is no client secret", () => {
  const { elevated } = read({
    WIX_CLIENT_ID: CLIENT_ID,
    APP_ORIGIN: "https://shop.example",
    SESSION_SECRET: SECRET,
    WIX_API_KEY: "key",
    WIX_SITE_ID: "site",
  });
  assertEquals(elevated, { kind: "api-key", apiKey: "key", siteId: "site" });
});

const badSecrets: [why: string, secret: string][] = [
  ["short (D2)", "short"],
  ["one character short of enough (D2)", SECRET.slice(0, 31)],
  ["of one character repeated (D2)", "a".repeat(40)],
  ["second in the list and short", `${SECRET},short`],
  ["empty in the list", `${SECRET},`],
];
for (const [why, SESSION_SECRET] of badSecrets) {
  Deno.test(`readConfig() refuses a session secret that is ${why}`, () => {
    assertEquals(namesIn({ ...PRODUCTION, SESSION_SECRET }), [
      "SESSION_SECRET",
    ]);
  });
}

for (const WIX_CLIENT_SECRET of ["short", "a".repeat(40)]) {
  const shown = WIX_CLIENT_SECRET.slice(0, 5);
  Deno.test(`readConfig() derives no session secret from "${shown}…" (D2)`, () => {
    const [problem = "", ...more] = problemsOf({
      ...PRODUCTION,
      WIX_CLIENT_SECRET,
    });
    assertMatch(
      problem,
      /^SESSION_SECRET is not set, and WIX_CLIENT_SECRET, .*openssl rand/,
    );
    assertEquals(more, []);
  });
}

Deno.test("with a session secret, nothing is asked of the client secret", () => {
  const { sessionSecrets } = read({
    ...PRODUCTION,
    WIX_CLIENT_SECRET: "short",
    SESSION_SECRET: SECRET,
  });
  assertEquals(sessionSecrets, [SECRET]);
});

Deno.test("SESSION_SECRET is a list: the first seals, all open", () => {
  const { sessionSecrets } = read({
    ...PRODUCTION,
    SESSION_SECRET: `${SECRET}, ${SECRET} of before`,
  });
  assertEquals(sessionSecrets, [SECRET, `${SECRET} of before`]);
});
