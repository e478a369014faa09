import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import {
  type Controls,
  type LocalWix,
  SITE,
  startLocalWix,
} from "@/packages/local-wix/src/mod.ts";
import { checkClock } from "@/packages/fresh-wix/src/doctor/checks.ts";
import { diagnose } from "@/packages/fresh-wix/src/doctor/diagnose.ts";
import {
  exitCode,
  type Finding,
} from "@/packages/fresh-wix/src/doctor/finding.ts";
import { localSettings } from "../helpers/app.ts";
import { taskCommand } from "../helpers/tasks.ts";

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
};

const SEARCH_MEMBERS = "POST /members/v1/members/query";
const INSTANCE = "GET /apps/v1/instance";

Deno.test("doctor finds nothing wrong with a good configuration", async () => {
  await using wix = await startWix();
  const findings = await ask(wix, GOOD);
  assertEquals(told(findings), [
    "ok The settings are complete and well-formed.",
    "ok SESSION_SECRET looks random.",
    "ok Wix accepts WIX_CLIENT_ID, and gives visitors a session.",
    "ok The clock of this machine is right.",
    "ok Wix accepts WIX_CLIENT_SECRET: elevated calls work.",
    `ok The site is published at ${wix.origin}.`,
    "ok The Members Area is there: members have profiles.",
    `ok Wix allows the redirect URI ${REDIRECT_URI}.`,
    "ok Wix allows the domain shop.example.",
  ]);
  assertEquals(exitCode(findings), 0);
});

Deno.test("doctor finds nothing wrong with an API key in place of the client secret", async () => {
  await using wix = await startWix();
  const { WIX_CLIENT_SECRET: _, WIX_CLIENT_INSTANCE_ID: __, ...env } = GOOD;
  const findings = await ask(wix, {
    ...env,
    WIX_API_KEY: SITE.apiKey,
    WIX_SITE_ID: SITE.siteId,
  });
  assertEquals(exitCode(findings), 0);
  assertStringIncludes(
    told(findings).join("\n"),
    "ok Wix accepts WIX_API_KEY for WIX_SITE_ID: elevated calls work.",
  );
});

/** A broken configuration, and what is said of it. */
interface Case {
  /** Settings besides the good ones; empty ones are unset. */
  readonly env?: Env;
  /** What is wrong at Wix. */
  readonly wix?: (controls: Controls) => void;
  readonly says: string;
  /** What the advice names. */
  readonly todo: string;
}

const HEADLESS = "Settings > Development & integrations > Headless Settings";

const problems: Record<string, Case> = {
  "no client id": {
    env: { WIX_CLIENT_ID: "" },
    says: "WIX_CLIENT_ID is not set.",
    todo: "wix env pull",
  },
  "a client id that is none": {
    env: { WIX_CLIENT_ID: "my-shop" },
    says: "WIX_CLIENT_ID is not a GUID.",
    todo: "Headless Settings",
  },
  "a client id that Wix does not know": {
    env: { WIX_CLIENT_ID: "00000000-0000-4000-8000-00000000dead" },
    says: "Wix refused WIX_CLIENT_ID (400 invalid_client).",
    todo: HEADLESS,
  },
  "a wrong client secret": {
    env: { WIX_CLIENT_SECRET: "of the client before this one, by mistake" },
    says: "Wix refused WIX_CLIENT_SECRET (400 invalid_client).",
    todo: HEADLESS,
  },
  "an instance id of another site": {
    env: { WIX_CLIENT_INSTANCE_ID: "00000000-0000-4000-8000-00000000beef" },
    says: "Wix refused WIX_CLIENT_INSTANCE_ID (400 invalid_request).",
    todo: "Remove the variable",
  },
  "an instance id that is none": {
    env: { WIX_CLIENT_INSTANCE_ID: "instance" },
    says: "WIX_CLIENT_INSTANCE_ID is not a GUID.",
    todo: "wix env pull",
  },
  "no origin": {
    env: { APP_ORIGIN: "" },
    says: "APP_ORIGIN is not set.",
    todo: "such as https://shop.example",
  },
  "an origin with a path": {
    env: { APP_ORIGIN: `${ORIGIN}/shop` },
    says: "APP_ORIGIN is not an origin such as https://shop.example.",
    todo: ".env.example",
  },
  "an origin on http": {
    env: { APP_ORIGIN: "http://shop.example" },
    says: "APP_ORIGIN must be https.",
    todo: "Only localhost may be http",
  },
  "local Wix in production": {
    env: { WIX_API_ORIGIN: "http://localhost:4400" },
    says: "WIX_API_ORIGIN is for local Wix.",
    todo: "Unset it",
  },
  "a session secret that is short": {
    env: { SESSION_SECRET: "short" },
    says: "SESSION_SECRET is shorter than 32 characters.",
    todo: "openssl rand -base64 48",
  },
  "a session secret that somebody made up": {
    env: { SESSION_SECRET: "Our-Shop-Session-Secret-Of-2026-v2" },
    says: "SESSION_SECRET reads as if somebody had made it up.",
    todo: "openssl rand -base64 48",
  },
  "an older session secret that repeats itself": {
    env: { SESSION_SECRET: `${SESSION_SECRET},${"k8Jw2xQz".repeat(5)}` },
    says: "SESSION_SECRET (number 2) reads as if somebody had made it up.",
    todo: "openssl rand -base64 48",
  },
  "no session secret, and nothing to derive one from": {
    env: {
      SESSION_SECRET: "",
      WIX_CLIENT_SECRET: "",
      WIX_CLIENT_INSTANCE_ID: "",
    },
    says: "SESSION_SECRET is not set, and WIX_CLIENT_SECRET, to derive it " +
      "from, is not set.",
    todo: "openssl rand -base64 48",
  },
  "a wrong API key": {
    env: {
      WIX_CLIENT_SECRET: "",
      WIX_CLIENT_INSTANCE_ID: "",
      WIX_API_KEY: "of somebody else",
      WIX_SITE_ID: SITE.siteId,
    },
    says: "Wix refused WIX_API_KEY for WIX_SITE_ID (401 UNAUTHENTICATED).",
    todo: "API Keys Manager",
  },
  "an API key without its site": {
    env: {
      WIX_CLIENT_SECRET: "",
      WIX_CLIENT_INSTANCE_ID: "",
      WIX_API_KEY: SITE.apiKey,
    },
    says: "WIX_SITE_ID is not set, and WIX_API_KEY needs it.",
    todo: "dashboard's address",
  },
  "a redirect URI that is not allowed (D6)": {
    wix: (controls) =>
      controls.allowedRedirectUris = [`${ORIGIN}/callback-of-before`],
    says: `Wix does not allow the redirect URI ${REDIRECT_URI} (400).`,
    todo:
      `${HEADLESS} > the client's Settings > URLs > Allowed authorization redirect URIs`,
  },
  "a domain that is not allowed": {
    wix: (controls) =>
      controls.change({
        allowedOrigins: [],
        allowedRedirectUris: [REDIRECT_URI],
      }),
    says: "Wix does not allow the domain shop.example (400).",
    todo:
      `${HEADLESS} > the client's Settings > URLs > Allowed redirect domains`,
  },
  "a site that is not published": {
    wix: (controls) =>
      controls.failNext(INSTANCE, {
        kind: "fields",
        fields: { site: { siteId: SITE.siteId, siteDisplayName: "Shop" } },
      }),
    says: "The site is not published, so its login page does not open.",
    todo: "publish it",
  },
  "a site without the Members Area": {
    wix: (controls) =>
      controls.failNext(SEARCH_MEMBERS, {
        kind: "fields",
        fields: { members: [{ id: SITE.ownerId }] },
      }),
    says: "Members have no profiles: the Members Area is not installed.",
    todo: "Wix Members Area",
  },
  "a clock that is a day behind (D8)": {
    wix: (controls) => controls.clockOffsetSeconds = 86_400,
    says: "The clock of this machine is about 1440 min behind Wix's.",
    todo: "NTP",
  },
  "a clock that is two hours ahead": {
    wix: (controls) => controls.clockOffsetSeconds = -7_200,
    says: "The clock of this machine is about 120 min ahead of Wix's.",
    todo: "NTP",
  },
};
for (
  const [name, { env, wix: breakWix, says, todo }] of Object.entries(problems)
) {
  Deno.test(`doctor finds ${name}, and nothing else`, async () => {
    await using wix = await startWix();
    breakWix?.(wix.controls);
    const findings = await ask(wix, { ...GOOD, ...env });
    const [found, ...more] = findings.filter(({ outcome }) =>
      outcome === "problem"
    );
    assertEquals(found?.says, says);
    assertStringIncludes(found?.todo ?? "", todo);
    assertEquals(more, []);
    assertEquals(exitCode(findings), 1);
    assertReadable(findings);
  });
}

const UNAVAILABLE = { status: 503, times: "always" } as const;

const silences: Record<string, Omit<Case, "todo"> & { timeoutMs?: number }> = {
  "Wix is down": {
    wix: (controls) => controls.failNext("anonymous", UNAVAILABLE),
    says: "Whether Wix accepts WIX_CLIENT_ID could not be checked: " +
      "Wix answered 503.",
  },
  "Wix asks to wait": {
    wix: (controls) => controls.failNext("anonymous", { status: 429 }),
    says: "Whether Wix accepts WIX_CLIENT_ID could not be checked: " +
      "Wix answered 429.",
  },
  "Wix hangs": {
    wix: (controls) => controls.failNext("anonymous", { hang: true }),
    timeoutMs: 500,
    says: "Whether Wix accepts WIX_CLIENT_ID could not be checked: " +
      "no answer came within 0.5 seconds.",
  },
  "a proxy answers in Wix's place": {
    wix: (controls) => controls.failNext("anonymous", { kind: "html" }),
    says: "Whether Wix accepts WIX_CLIENT_ID could not be checked: " +
      "something answered that is not Wix, such as a proxy on the way.",
  },
  "the connection breaks": {
    wix: (controls) =>
      controls.failNext("client_credentials", {
        kind: "reset",
        times: "always",
      }),
    says: "Whether Wix accepts WIX_CLIENT_SECRET could not be checked: " +
      "the connection failed.",
  },
  "only the login page is down": {
    wix: (controls) =>
      controls.failNext("GET /_pages/authorize", { status: 502 }),
    says: `Whether Wix allows the redirect URI ${REDIRECT_URI} could not be ` +
      "checked: its page answered 502.",
  },
};
for (
  const [name, { wix: breakWix, says, timeoutMs }] of Object.entries(silences)
) {
  Deno.test(`doctor blames no setting when ${name}`, async () => {
    await using wix = await startWix();
    breakWix?.(wix.controls);
    const findings = await ask(wix, GOOD, timeoutMs);
    assertStringIncludes(told(findings).join("\n"), `unasked ${says}`);
    assertEquals(exitCode(findings), 2);
    assertReadable(findings);
  });
}

const unknowns: Record<string, Omit<Case, "todo">> = {
  "nothing may make elevated calls": {
    env: { WIX_CLIENT_SECRET: "", WIX_CLIENT_INSTANCE_ID: "" },
    says: "Whether the site is published and has the Members Area could not " +
      "be checked: that takes an elevated call.",
  },
  "the site has no members yet": {
    wix: (controls) =>
      controls.failNext(SEARCH_MEMBERS, {
        kind: "fields",
        fields: { members: [] },
      }),
    says: "Whether the Members Area is there could not be checked: " +
      "the site has no members yet.",
  },
  "the app may not ask about the site": {
    wix: (controls) => controls.failNext(INSTANCE, { status: 403 }),
    says: "Whether the site is published could not be checked: " +
      "Wix answered 403 PERMISSION_DENIED.",
  },
  "Wix's page sends people elsewhere": {
    wix: (controls) =>
      controls.failNext("GET /_pages/authorize", {
        kind: "redirect",
        location: "/",
      }),
    says: `Whether Wix allows the redirect URI ${REDIRECT_URI} could not be ` +
      "checked: its page did not say.",
  },
  "Wix's page does not say whether it would send people back": {
    wix: (controls) =>
      controls.failNext("GET /_pages/authorize", { kind: "html" }),
    says: `Whether Wix allows the redirect URI ${REDIRECT_URI} could not be ` +
      "checked: its page did not say.",
  },
};
for (const [name, { env, wix: breakWix, says }] of Object.entries(unknowns)) {
  Deno.test(`doctor does not guess when ${name}`, async () => {
    await using wix = await startWix();
    breakWix?.(wix.controls);
    const findings = await ask(wix, { ...GOOD, ...env });
    assertStringIncludes(told(findings).join("\n"), `unknown ${says}`);
    assertEquals(exitCode(findings), 0);
    assertReadable(findings);
  });
}

const clocks: [ahead: number, says: string][] = [
  [60, "The clock of this machine is right."],
  [-60, "The clock of this machine is right."],
  [61, "The clock of this machine is about 1 min ahead of Wix's."],
  [-170, "The clock of this machine is about 3 min behind Wix's."],
];
for (const [ahead, says] of clocks) {
  Deno.test(`of a clock ${ahead} seconds ahead doctor says: ${says}`, () => {
    const date = "Thu, 01 Jan 2026 00:00:00 GMT";
    const now = Date.parse(date) + ahead * 1000;
    assertEquals(checkClock(date, now).says, says);
  });
}

Deno.test("a member with an address but no name has a profile, too", async () => {
  await using wix = await startWix();
  wix.controls.failNext(SEARCH_MEMBERS, {
    kind: "fields",
    fields: { members: [{ id: SITE.ownerId, profile: { slug: "ann" } }] },
  });
  assertStringIncludes(
    told(await ask(wix, GOOD)).join("\n"),
    "ok The Members Area is there",
  );
});

const runs: [why: string, env: Env, code: number, verdict: string][] = [
  ["all is well", {}, 0, "All is well."],
  [
    "nothing is wrong as far as could be checked",
    { WIX_CLIENT_SECRET: "" },
    0,
    "No problem was found; what could not be checked is marked ?.",
  ],
  [
    "there is a problem",
    { WIX_CLIENT_SECRET: "of the client before this one, by mistake" },
    1,
    "There is something to do: see PROBLEM.",
  ],
  [
    "Wix cannot be asked",
    { WIX_API_ORIGIN: "http://localhost:9" },
    2,
    "Not everything could be checked: see no news.",
  ],
];
for (const [why, env, expected, verdict] of runs) {
  Deno.test(`the doctor task exits with ${expected} when ${why}, and tells no secret`, async () => {
    await using wix = await startWix();
    const settings: Env = {
      ...localSettings(wix.origin),
      APP_ORIGIN: "http://localhost:8000",
      SESSION_SECRET,
      ...env,
    };
    const { code, stdout, stderr } = await taskCommand("doctor", settings)
      .output();
    const text = new TextDecoder().decode(stdout);
    assertEquals([code, new TextDecoder().decode(stderr)], [expected, ""]);
    assertStringIncludes(text, verdict);
    assertStringIncludes(
      text,
      "redirect URI http://localhost:8000/api/auth/callback",
    );
    const { WIX_CLIENT_SECRET } = settings;
    for (const secret of [WIX_CLIENT_SECRET, SESSION_SECRET]) {
      assertEquals(Boolean(secret && text.includes(secret)), false);
    }
  });
}

function startWix(): Promise<LocalWix> {
  return startLocalWix({
    port: 0,
    log: () => {},
    allowedOrigins: [ORIGIN],
  });
}

/** Asks as in production, where Wix's own addresses lead to `wix`. */
function ask(wix: LocalWix, env: Env, timeoutMs = 10_000): Promise<Finding[]> {
  const set = Object.entries(env).filter(([, value]) => value !== "");
  return diagnose(
    Object.fromEntries(set),
    (input, init) =>
      fetch(String(input).replace("https://www.wixapis.com", wix.origin), init),
    timeoutMs,
  );
}

function told(findings: readonly Finding[]): string[] {
  return findings.map(({ outcome, says }) => `${outcome} ${says}`);
}

/** Sentences; and whatever is wrong comes with advice and without secrets. */
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
