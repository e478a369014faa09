import { SITE, startLocalWix } from "@/packages/local-wix/src/mod.ts";
import { ROOT } from "@/tools/packages.ts";
import { filesBelow } from "../helpers/files.ts";
import { localSettings, startApp } from "../helpers/app.ts";
import type { Browser, Page } from "../helpers/browser.ts";
import { ANN, logIn, Site } from "../helpers/site.ts";
import type { Report, Suite } from "./suite.ts";

/** A cookie secret that would be noticed anywhere. */
const COOKIE_SECRET = "canary-cookie-secret-0123456789abcdef";

/** Secrets of one run: where each came from, and what it looks like. */
type Canaries = Map<string, string>;

/** A whole story, with failures, searched for everything secret (S1 to S6). */
export const suite: Suite = {
  goal: "G8",
  title: "no secret leaves by pages, headers, files, logs or spans",
  async run(report) {
    const canaries: Canaries = new Map([
      ["cookie key", COOKIE_SECRET],
      ["client secret", SITE.clientSecret],
      ["instance id", SITE.instanceId],
      ["e-mail", ANN],
      ["token, by its mark", "JWS."],
      ["sealed value, by its mark", "eyJhbGciOiJkaXIi"],
    ]);
    const logs = await outputOfStory({}, canaries, report);
    search(report, "logs", logs, canaries, []);
    report.case("logs, for ids", idIn(logs));
    const traced = await outputOfStory(
      { OTEL_DENO: "true", OTEL_EXPORTER_OTLP_PROTOCOL: "console" },
      canaries,
      report,
    );
    report.case("spans were printed", spansMissing(traced));
    report.case("our own spans, for ids", idIn(ownSpans(traced)));
    // A span records the message of what a handler throws, and a route may
    // need the address that is in it; see packages/fresh-wix/src/wix/sdk_clients.ts.
    search(report, "spans", withoutCallbackUrls(traced), canaries, ["e-mail"]);
    for (const file of await filesBelow(`${ROOT}_fresh/client`)) {
      const text = await Deno.readTextFile(file);
      search(report, `file ${file.slice(ROOT.length)}`, text, canaries, []);
    }
  },
};

/** Returns what an app with these settings more wrote during the story. */
async function outputOfStory(
  settings: Record<string, string>,
  canaries: Canaries,
  report: Report,
): Promise<string> {
  const wix = await startLocalWix({ port: 0, log: () => {} });
  const app = await startApp({
    ...localSettings(wix.origin),
    SESSION_SECRET: COOKIE_SECRET,
    ...settings,
  });
  {
    await using site = new Site(wix, app);
    await story(site, canaries, report);
  }
  return app.output();
}

async function story(
  site: Site,
  canaries: Canaries,
  report: Report,
): Promise<void> {
  const browser = site.visitor();
  const open = async (path: string, shows: string[] = []) => {
    const page = await browser.request(path);
    searchPage(report, path, page, canaries, shows);
  };
  await open("/members");
  await rememberLogin(site, browser, canaries);
  await logIn(browser, "/api/auth/login?returnToUrl=/", ANN);
  for (const path of ["/", "/account/orders", "/elevation", "/api/session"]) {
    await open(path);
  }
  const orders = await browser.request("/account/orders");
  await open(/\/account\/orders\/[0-9a-f-]{36}/.exec(orders.body)?.[0] ?? "");
  // The one page that shows the member's own address.
  await open("/account", ["e-mail"]);
  site.wix.controls.failNext("client_credentials", {
    status: 401,
    body: { error: "invalid_client", error_description: SITE.clientSecret },
  });
  await open("/api/site-properties");
  await open("/api/site-properties");
  await open("/api/orders");
  // S5, S6: what errors say, as pages and as problem documents.
  for (const status of [400, 401, 403, 429, 500]) {
    site.wix.controls.failNext("POST /members/v1/members/query", {
      status,
      body: { message: `JWS.secret ${ANN}`, details: {} },
      headers: { "retry-after": "0" },
    });
    await open("/members");
  }
  site.wix.controls.expireAccessTokens();
  site.wix.controls.failNext("refresh_token", {
    status: 400,
    body: { error: "x", error_description: `JWS.secret ${COOKIE_SECRET}` },
  });
  await open("/account/orders");
  await open("/api/auth/callback?code=JWS.code&state=JWS.state");
  await open("/api/auth/callback?error=JWS.error&error_description=JWS.text");
  await open("/no-such-page?x=JWS.secret");
}

/** Adds what the login puts into addresses: state and code. */
async function rememberLogin(
  site: Site,
  browser: Browser,
  canaries: Canaries,
): Promise<void> {
  const login = await browser.request("/api/auth/login?returnToUrl=/");
  const answer = await browser.request(login.headers.get("location") ?? "", {
    method: "POST",
    body: new URLSearchParams({ email: ANN, password: "any" }),
  });
  const callback = new URL(answer.headers.get("location") ?? "");
  for (const name of ["state", "code"]) {
    canaries.set(name, callback.searchParams.get(name) ?? "missing");
  }
  await browser.request(callback.href);
  canaries.set(
    "sealed cookie",
    browser.cookie(new URL(site.app.origin).hostname, "wix_session") ?? "none",
  );
}

function searchPage(
  report: Report,
  path: string,
  { headers, body }: Page,
  canaries: Canaries,
  shows: readonly string[],
): void {
  search(report, `body of ${path}`, body, canaries, shows);
  for (const [name, value] of headers) {
    if (name === "set-cookie") continue;
    search(report, `${name} of ${path}`, value, canaries, shows);
  }
}

function search(
  report: Report,
  place: string,
  text: string,
  canaries: Canaries,
  shows: readonly string[],
): void {
  const found = [...canaries].filter(([name, value]) =>
    !shows.includes(name) && text.includes(value)
  );
  report.case(
    place,
    found.length === 0
      ? undefined
      : `shows ${found.map(([name]) => name).join(", ")}`,
  );
}

function spansMissing(output: string): string | undefined {
  if (!output.includes("http.request.method")) return "no span of Deno";
  const own = ownSpans(output);
  return ["session open", "session begin", "session refresh", "Wix POST /"]
    .filter((name) => !own.includes(name)).join(", ") || undefined;
}

/** Spans of Deno have the addresses of requests; ours have names only. */
function ownSpans(output: string): string {
  // deno-lint-ignore no-control-regex -- colours
  return output.replace(/\x1b\[[\d;]*m/g, "").split(/^SPAN /m).slice(1)
    .filter((span) => span.includes("scope: fresh-wix"))
    // What follows a span may be a line of the log.
    .map((span) => span.split(/^LOG /m)[0]).join("\n");
}

/** Which order, member or product it was is nobody's business in there. */
function idIn(text: string): string | undefined {
  return /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/
    .exec(text)?.[0];
}

/**
 * Deno's own server spans hold the address of every request, and a program
 * cannot change that. A code in them is of no use: it is used up, and works
 * only with the verifier in the sealed cookie (RFC 7636).
 */
function withoutCallbackUrls(output: string): string {
  return output.split("\n").filter((line) => !/url\.(full|query)/.test(line))
    .join("\n");
}
