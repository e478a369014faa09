import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import {
  type Controls,
  type LocalWix,
  SITE,
  startLocalWix,
  WEBHOOK_PUBLIC_KEY,
} from "@/packages/local-wix/src/mod.ts";
import { diagnose } from "@/packages/fresh-wix/src/doctor/diagnose.ts";
import {
  exitCode,
  type Finding,
} from "@/packages/fresh-wix/src/doctor/finding.ts";
import { parseEnv } from "@/tools/settings.ts";
import { shopChecks } from "@/tools/shop_checks.ts";
import { localSettings } from "../helpers/app.ts";
import { runTask } from "../helpers/tasks.ts";

type Env = Record<string, string>;

const ORIGIN = "https://shop.example";
const REDIRECT_URI = `${ORIGIN}/api/auth/callback`;
const SESSION_SECRET = "v3Kq9ZxT0mWb7RfYc2NdHs8LuJpXa5Ge";
const GOOD: Env = {
  APP_ORIGIN: ORIGIN,
  SESSION_SECRET,
  WIX_CLIENT_ID: SITE.clientId,
  WIX_CLIENT_SECRET: SITE.clientSecret,
  WIX_CLIENT_INSTANCE_ID: SITE.instanceId,
  WIX_CLIENT_PUBLIC_KEY: btoa(WEBHOOK_PUBLIC_KEY),
};

const SEARCH = "POST /members/v1/members/query";
const VERSION = "GET /stores/v3/provision/version";
const COUNT = "POST /stores/v3/products/count";
const PROPERTIES = "GET /site-properties/v4/properties";
const INSTANCE = "GET /apps/v1/instance";

let shared: Promise<LocalWix> | undefined;
Deno.test.afterAll(async () => await (await shared)?.close());

/** Registers a test on the file's local Wix, reset to its seed. */
function test(name: string, run: (wix: LocalWix) => Promise<void>): void {
  const leaks = { sanitizeOps: false, sanitizeResources: false };
  Deno.test(name, leaks, async () => {
    const options = { port: 0, log: () => {}, allowedOrigins: [ORIGIN] };
    const wix = await (shared ??= startLocalWix(options));
    wix.controls.reset();
    await run(wix);
  });
}

/** Wix has no API for it. */
const PAYMENTS =
  "unknown Cannot check whether the store accepts payments: Wix has no API for it.";

test("doctor passes a valid configuration", async (wix) => {
  const findings = await runDoctor(wix, GOOD);
  assertEquals(formatFindings(findings), [
    "ok The settings are complete and well-formed.",
    "ok Wix accepts WIX_CLIENT_ID and starts visitor sessions.",
    "ok This machine's clock is correct.",
    "ok Wix accepts WIX_CLIENT_SECRET: elevated calls work.",
    `ok The site is published at ${wix.origin}.`,
    "ok The Members Area is installed: members have profiles.",
    "ok The shop has Catalog V3, and products: 12.",
    "ok Prices are in USD.",
    PAYMENTS,
    "ok WIX_CLIENT_PUBLIC_KEY is a public key.",
    `ok Wix allows the redirect URI ${REDIRECT_URI}.`,
    "ok Wix allows the domain shop.example.",
  ]);
  assertEquals(exitCode(findings), 0);
  const key = { WIX_API_KEY: SITE.apiKey, WIX_SITE_ID: SITE.siteId };
  const withKey = await runDoctor(wix, { ...GOOD, ...NO_CLIENT, ...key });
  assertEquals(exitCode(withKey), 0);
  assertStringIncludes(
    formatFindings(withKey).join("\n"),
    "ok Wix accepts WIX_API_KEY for WIX_SITE_ID: elevated calls work.",
  );
});

test("doctor passes the instance id of zeros that Wix's hosting sets", async (wix) => {
  const WIX_CLIENT_INSTANCE_ID = SITE.instanceId.replace(/\w/g, "0");
  const findings = await runDoctor(wix, { ...GOOD, WIX_CLIENT_INSTANCE_ID });
  assertEquals(exitCode(findings), 0, formatFindings(findings).join("\n"));
});

/** Invalid settings at Wix. */
type Break = (controls: Controls) => void;

const HEADLESS = "Settings > Development & integrations > Headless Settings";
const URLS = `${HEADLESS} > the client's Settings > URLs`;
const NO_CLIENT = { WIX_CLIENT_SECRET: "", WIX_CLIENT_INSTANCE_ID: "" };
const OTHER = "00000000-0000-4000-8000-00000000dead";
const REFUSED = { WIX_CLIENT_SECRET: "of the client before, by mistake" };

/** Lacks its last line. */
const CUT_KEY = btoa(WEBHOOK_PUBLIC_KEY.slice(0, -40));

/** Changed settings, the doctor's finding, and its advice. */
const SETTINGS = rows(`
WIX_CLIENT_ID= | WIX_CLIENT_ID is not set. | wix env pull
WIX_CLIENT_ID=${OTHER} | Wix refused WIX_CLIENT_ID (400 invalid_client). | ${HEADLESS}
WIX_CLIENT_SECRET=of another client | Wix refused WIX_CLIENT_SECRET (400 invalid_client). | ${HEADLESS}
WIX_CLIENT_INSTANCE_ID=${OTHER} | Wix refused WIX_CLIENT_INSTANCE_ID (400 invalid_request). | Remove the variable
APP_ORIGIN= | APP_ORIGIN is not set. | such as https://shop.example
APP_ORIGIN=http://shop.example | APP_ORIGIN must be https. | Only localhost may be http
SESSION_SECRET=Our-Shop-Session-Secret-Of-2026-v2 | SESSION_SECRET does not look random. | openssl rand -base64 48
SESSION_SECRET= & WIX_CLIENT_SECRET= & WIX_CLIENT_INSTANCE_ID= | SESSION_SECRET is not set, and WIX_CLIENT_SECRET, to derive it from, is not set. | openssl rand -base64 48
WIX_CLIENT_SECRET= & WIX_CLIENT_INSTANCE_ID= & WIX_API_KEY=x & WIX_SITE_ID=${SITE.siteId} | Wix refused WIX_API_KEY for WIX_SITE_ID (401 UNAUTHENTICATED). | API Keys Manager
WIX_CLIENT_SECRET= & WIX_CLIENT_INSTANCE_ID= & WIX_API_KEY=${SITE.apiKey} | WIX_SITE_ID is not set, but WIX_API_KEY needs it. | dashboard's URL
WIX_CLIENT_PUBLIC_KEY=${CUT_KEY} | WIX_CLIENT_PUBLIC_KEY is not a public key, so all events are refused. | Webhooks
`).map(([env = "", says = "", todo = ""]) =>
  [parseEnv(env.replaceAll(" & ", "\n")), says, todo] as const
);

function rows(table: string): string[][] {
  return table.trim().split("\n").map((line) => line.split(" | "));
}

const fields = (fields: Record<string, unknown>) =>
  ({ kind: "fields", fields }) as const;
const NOT_PUBLISHED = { siteId: SITE.siteId, siteDisplayName: "Shop" };

const AT_WIX: [Break, says: string, todo: string][] = [
  [
    (wix) => wix.allowedRedirectUris = [`${ORIGIN}/callback-of-before`],
    `Wix does not allow the redirect URI ${REDIRECT_URI} (400).`,
    `${URLS} > Allowed authorization redirect URIs`,
  ],
  [
    (wix) =>
      wix.change({ allowedOrigins: [], allowedRedirectUris: [REDIRECT_URI] }),
    "Wix does not allow the domain shop.example (400).",
    `${URLS} > Allowed redirect domains`,
  ],
  [
    (wix) => wix.failNext(INSTANCE, fields({ site: NOT_PUBLISHED })),
    "The site is not published, so its login page does not open.",
    "publish it",
  ],
  [
    (wix) => wix.failNext(SEARCH, fields({ members: [{ id: SITE.ownerId }] })),
    "Members have no profiles: the Members Area is not installed.",
    "Wix Members Area",
  ],
  [
    (wix) => wix.change({ catalog: "v1" }),
    "The site has Catalog V1, which the shop does not support.",
    "Catalog V3",
  ],
  [
    (wix) =>
      wix.failNext(VERSION, fields({ catalogVersion: "STORES_NOT_INSTALLED" })),
    "Wix Stores is not installed on the site.",
    "App Market",
  ],
  [
    (wix) => wix.failNext(COUNT, { status: 200, body: { count: 0 } }),
    "The shop has no products.",
    "Store Products",
  ],
  [
    (wix) => wix.failNext(PROPERTIES, fields({ properties: {} })),
    "The shop has no currency.",
    "Language & Region",
  ],
  [
    (wix) => wix.clockOffsetSeconds = 86_400,
    "This machine's clock is about 1440 min behind Wix's.",
    "NTP",
  ],
];

const NOTHING: Break = () => {};
const PROBLEMS = [
  ...SETTINGS.map(([env, ...row]) => [env, NOTHING, ...row] as const),
  ...AT_WIX.map((row) => [{} as Env, ...row] as const),
];
for (const [env, breakWix, says, todo] of PROBLEMS) {
  test(`doctor finds only: ${says}`, async (wix) => {
    breakWix(wix.controls);
    const findings = await runDoctor(wix, { ...GOOD, ...env });
    const [found, ...more] = findings
      .filter(({ outcome }) => outcome === "problem");
    assertEquals(found?.says, says);
    assertStringIncludes(found?.todo ?? "", todo);
    assertEquals(more, []);
    assertEquals(exitCode(findings), 1);
    assertReadable(findings);
  });
}

/** A fault, the check that can't run because of it, and the reason. */
const UNCLEAR = rows(`
anonymous | {"status":503,"times":"always"} | unreachable | Wix accepts WIX_CLIENT_ID | Wix responded 503.
anonymous | {"hang":true} | unreachable | Wix accepts WIX_CLIENT_ID | no response within 0.5 seconds.
${COUNT} | {"status":403} | unknown | the site has products to sell | Wix responded 403 PERMISSION_DENIED.
anonymous | {"kind":"html"} | unreachable | Wix accepts WIX_CLIENT_ID | the response is not from Wix, but perhaps from a proxy.
${INSTANCE} | {"status":403} | unknown | the site is published | Wix responded 403 PERMISSION_DENIED.
${SEARCH} | {"kind":"fields","fields":{"members":[]}} | unknown | the Members Area is installed | the site has no members yet.
`);
for (const [target = "", fault = "", outcome, what, why] of UNCLEAR) {
  const says = `Cannot check whether ${what}: ${why}`;
  test(`doctor reports no setting: ${says} (${fault})`, async (wix) => {
    wix.controls.failNext(target, JSON.parse(fault));
    const timeoutMs = fault.includes("hang") ? 500 : 10_000;
    const findings = await runDoctor(wix, GOOD, timeoutMs);
    assertStringIncludes(
      formatFindings(findings).join("\n"),
      `${outcome} ${says}`,
    );
    assertEquals(exitCode(findings), outcome === "unreachable" ? 2 : 0);
    assertReadable(findings);
  });
}

const runs: [code: number, env: Env, output: string][] = [
  [
    0,
    {},
    "No problems were found. Some checks, marked ?, could not be made.",
  ],
  [1, REFUSED, "Fix the settings marked PROBLEM."],
  [
    2,
    { WIX_API_ORIGIN: "http://localhost:9" },
    'Some checks got no response: see "no reply".',
  ],
  [2, { WIX_API_ORIGIN: "http://localhost:9" }, "Start local Wix"],
  [0, { WIX_CLIENT_SECRET: "" }, "This needs an elevated call"],
];
for (const [expected, env, output] of runs) {
  test(`the doctor task exits with ${expected}, and prints no secret: ${output}`, async (wix) => {
    const settings: Env = {
      ...localSettings(wix.origin),
      APP_ORIGIN: "http://localhost:8000",
      SESSION_SECRET,
      ...env,
    };
    const { code, stdout: text, stderr } = await runTask("doctor", settings);
    assertEquals([code, stderr], [expected, ""]);
    assertStringIncludes(text, output);
    const callback = "http://localhost:8000/api/auth/callback";
    assertStringIncludes(text, `redirect URI ${callback}`);
    for (const secret of [settings.WIX_CLIENT_SECRET, SESSION_SECRET]) {
      assertEquals(Boolean(secret && text.includes(secret)), false);
    }
  });
}

Deno.test("the doctor task rejects a PORT that is not a port", async () => {
  const { code, stderr } = await runTask("doctor", { PORT: "abc" });
  assertEquals(code, 1);
  assertStringIncludes(stderr, "PORT is not a number from 1 to 65535");
});

/** Runs the doctor as in production, with Wix's hosts redirected to `wix`. */
function runDoctor(
  wix: LocalWix,
  env: Env,
  timeoutMs = 10_000,
): Promise<Finding[]> {
  const set = Object.entries(env).filter(([, value]) => value !== "");
  return diagnose(
    Object.fromEntries(set),
    (input, init) =>
      fetch(String(input).replace("https://www.wixapis.com", wix.origin), init),
    timeoutMs,
    shopChecks(env),
  );
}

function formatFindings(findings: readonly Finding[]): string[] {
  return findings.map(({ outcome, says }) => `${outcome} ${says}`);
}

/** Asserts that findings are sentences, come with advice, and hold no secret. */
function assertReadable(findings: readonly Finding[]): void {
  for (const { outcome, says, todo } of findings) {
    for (const text of [says, todo ?? "Nothing."]) {
      assert(/^[A-Z“`].*[A-Za-z0-9)`]\.$/s.test(text), text);
      assert(!/undefined|\[object/.test(text), text);
      assert(!text.includes(SITE.clientSecret), text);
    }
    assert(outcome !== "problem" || todo !== undefined, says);
  }
}
