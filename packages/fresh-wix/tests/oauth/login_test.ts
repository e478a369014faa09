import { assertEquals, assertMatch, assertRejects } from "@std/assert";
import { AuthorizationError } from "../../src/oauth/authorization_error.ts";
import {
  codeChallenge,
  randomToken,
} from "../../src/oauth/authorization_request.ts";
import {
  beginLogin,
  beginLogout,
  completeLogin,
  currentMemberProfile,
  parseLoginPreferences,
} from "../../src/oauth/login.ts";
import { MALFORMED_TOKENS } from "../../src/oauth/token_endpoint.ts";
import { runWithSession } from "../../src/wix/request_context.ts";
import { installSdkClients } from "../../src/wix/sdk_clients.ts";
import { WixError } from "../../src/wix/wix_error.ts";
import { MEMBER, NO_APP_TOKENS, requestWith } from "../helpers/sessions.ts";

const APP = {
  clientId: "00000000-0000-4000-8000-000000000001",
  appOrigin: "https://app.example",
  wixApiOrigin: undefined,
};
const LOCAL = { ...APP, wixApiOrigin: "http://localhost:4400" };
const LOGIN_PAGE = "https://wix.example/login?session=1";
const LOGIN = {
  returnUrl: "/members",
  preferences: { prompt: "login" },
} as const;

const sent: unknown[] = [];
let respond: () => Response = () => Response.json({});

installSdkClients({
  elevated: undefined,
  appTokens: NO_APP_TOKENS,
  wixFetch: (_input, init) => {
    sent.push(typeof init?.body === "string" ? JSON.parse(init.body) : null);
    return Promise.resolve(respond());
  },
});

/** Runs `call` as a member, while Wix gives `reply` to everything. */
function asMember<T>(
  reply: typeof respond,
  call: () => Promise<T>,
): Promise<T> {
  sent.length = 0;
  respond = reply;
  return runWithSession(requestWith(MEMBER).session, call);
}

const withUrl = (fullUrl: unknown) => () =>
  Response.json({ redirectSession: { fullUrl } });
const status = (code: number) => () => Response.json({}, { status: code });
const redirectSession = withUrl(LOGIN_PAGE);

Deno.test("codeChallenge() matches RFC 7636, appendix B; randomToken() returns 43 random characters", async () => {
  const verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
  const challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
  assertEquals(await codeChallenge(verifier), challenge);
  assertMatch(randomToken(), /^[\w-]{43}$/);
  assertEquals(randomToken() === randomToken(), false);
});

const preferences: [query: string, prompt?: string, idp?: string][] = [
  ["", "login"],
  ["prompt=none", "none"],
  ["prompt=login&idp=google", "login", "google"],
  ["idp=facebook", "login", "facebook"],
  ["prompt=consent"],
  ["prompt=NONE"],
  ["prompt=__proto__"],
  ["idp=github"],
  ["idp=constructor"],
];
for (const [query, prompt, idp] of preferences) {
  Deno.test(`parseLoginPreferences() of ?${query} is ${prompt} ${idp}`, () => {
    const parsed = parseLoginPreferences(new URLSearchParams(query));
    assertEquals([parsed?.prompt, parsed?.idp], [prompt, idp]);
  });
}

Deno.test("beginLogin() requests a login page with all values that the response must match", async () => {
  const options = { ...LOGIN, preferences: { prompt: "none" } } as const;
  const begin = () => beginLogin(APP, options);
  const { transaction, loginUrl } = await asMember(redirectSession, begin);
  assertEquals([loginUrl, transaction.returnUrl], [LOGIN_PAGE, "/members"]);
  assertEquals(sent, [{
    auth: {
      authRequest: {
        clientId: APP.clientId,
        redirectUri: "https://app.example/api/auth/callback",
        codeChallenge: await codeChallenge(transaction.codeVerifier),
        codeChallengeMethod: "S256",
        responseMode: "query",
        responseType: "code",
        scope: "offline_access",
        state: transaction.state,
      },
      prompt: "none",
    },
  }]);
});

const providers = [
  ["google", "0e6a50f5-b523-4e29-990d-f37fa2ffdd69"],
  ["facebook", "3ecad13f-52c3-483d-911f-31dbcf2a6d23"],
] as const;
for (const [idp, id] of providers) {
  Deno.test(`beginLogin() names ${idp} by its id at Wix`, async () => {
    const preferences = { prompt: "login", idp } as const;
    const begin = () => beginLogin(APP, { ...LOGIN, preferences });
    await asMember(redirectSession, begin);
    assertEquals(JSON.stringify(sent).includes(`"idp":"${id}"`), true);
  });
}

const OUTAGE = "temporarily_unavailable";
const noLoginPage: [what: string, reply: () => Response, code: string][] = [
  ["gives none", () => Response.json({}), OUTAGE],
  ["gives no URL (N21)", withUrl(""), OUTAGE],
  ["gives a script (N21)", withUrl("javascript:alert(1)"), OUTAGE],
  ["gives data (N21)", withUrl("data:text/html,x"), OUTAGE],
  ["gives half a URL (N21)", withUrl("//evil.com/"), OUTAGE],
  ["gives an http URL (N21)", withUrl("http://wix.example/"), OUTAGE],
  ["gives one of this machine (N21)", withUrl("http://localhost:1/"), OUTAGE],
  ["does not respond", status(503), OUTAGE],
  ["refuses", status(403), "login_refused"],
];
for (const [what, reply, code] of noLoginPage) {
  Deno.test(`beginLogin() throws when Wix ${what}, with the return URL`, async () => {
    const begin = () => asMember(reply, () => beginLogin(APP, LOGIN));
    const error = await assertRejects(begin, AuthorizationError);
    assertEquals([error.code, error.returnUrl], [code, "/members"]);
    assertEquals(error.cause instanceof Error, true);
  });
}

Deno.test("beginLogin() accepts a local http URL from local Wix only (N21)", async () => {
  const beginAt = (url: string) =>
    asMember(withUrl(url), () => beginLogin(LOCAL, LOGIN));
  const { loginUrl } = await beginAt("http://localhost:4400/login");
  assertEquals(loginUrl, "http://localhost:4400/login");
  await assertRejects(() => beginAt("http://wix.example/"), AuthorizationError);
});

const logouts: [title: string, reply: () => Response, leadsTo: string][] = [
  ["where to come back to", redirectSession, LOGIN_PAGE],
  [
    "in a way that is no header (N21)",
    withUrl("https://w.example/é"),
    "https://w.example/%C3%A9",
  ],
  ["without slashes (N21)", withUrl("https:w.example"), "https://w.example/"],
  ["in vain", status(503), "https://app.example/members"],
  ["in vain (N21)", withUrl("javascript:x"), "https://app.example/members"],
];
for (const [title, reply, leadsTo] of logouts) {
  Deno.test(`beginLogout() sends Wix ${title}, and redirects to ${leadsTo}`, async () => {
    const logout = () => beginLogout(APP, "/members");
    assertEquals(await asMember(reply, logout), leadsTo);
    const postFlowUrl =
      "https://app.example/api/auth/logout-callback?returnTo=%2Fmembers";
    const { clientId } = APP;
    const [body] = sent;
    assertEquals(body, { logout: { clientId }, callbacks: { postFlowUrl } });
  });
}

const transaction = {
  state: "s",
  codeVerifier: "v",
  returnUrl: "/members",
  redirectUri: "https://app.example/api/auth/callback",
};
type Endpoint = Parameters<typeof completeLogin>[2]["tokenEndpoint"];
const endpoint = (subjectType?: string, error?: WixError): Endpoint => ({
  authorizationCode: () =>
    error ? Promise.reject(error) : Promise.resolve(MEMBER.tokens),
  subjectType: () => Promise.resolve(subjectType),
});
const complete = (
  query: string,
  tokenEndpoint = endpoint("MEMBER"),
  { wixApiOrigin }: { wixApiOrigin: string | undefined } = APP,
) =>
  completeLogin(new URLSearchParams(query), transaction, {
    tokenEndpoint,
    wixApiOrigin,
  });

for (const subject of ["MEMBER", undefined]) {
  Deno.test(`completeLogin() returns tokens of subject ${subject}, and none for a silent login without a member`, async () => {
    assertEquals(await complete("code=c", endpoint(subject)), MEMBER.tokens);
    const silent = await complete("error=login_required", endpoint(subject));
    assertEquals(silent, undefined);
  });
}

const failed = (status: number, code?: string) =>
  endpoint("MEMBER", new WixError({ status, code, description: "" }));
const failures: [id: string, code: string, query: string, of?: Endpoint][] = [
  ["C5 two codes", "login_refused", "code=a&code=b"],
  ["C6 no code", "login_refused", ""],
  ["C6 an empty code", "login_refused", "code="],
  ["C13 a cancelled login", "access_denied", "error=access_denied"],
  ["a refused scope", "login_refused", "error=invalid_scope&code=c"],
  ["C16 a refused code", "login_refused", "code=c", failed(400)],
  ["unusable tokens", "login_refused", "code=c", failed(502, MALFORMED_TOKENS)],
  ["C18 a visitor's tokens", "login_refused", "code=c", endpoint("VISITOR")],
  ["an outage", OUTAGE, "code=c", failed(503)],
];
for (const [id, code, query, of] of failures) {
  Deno.test(`completeLogin() ends ${id} as ${code}`, async () => {
    const login = () => complete(query, of);
    const error = await assertRejects(login, AuthorizationError);
    assertEquals([error.code, error.returnUrl], [code, "/members"]);
  });
}

const issuers: [iss: string, accepted: boolean, app?: typeof LOCAL][] = [
  ["https://www.wix.com", true],
  ["https://www.wixapis.com", true],
  [LOCAL.wixApiOrigin, true, LOCAL],
  [LOCAL.wixApiOrigin, false],
  ["https://evil.com", false],
  ["https://www.wix.com.evil.com", false],
  ["https://notwix.com", false],
  ["http://www.wix.com", false],
  ["https://www.wix.com https://evil.com", false],
  ["", false],
  ["wix.com", false],
];
for (const [iss, accepted, app] of issuers) {
  const who = app === LOCAL ? "an app of local Wix" : "an app of Wix";
  Deno.test(`completeLogin() ${accepted ? "accepts" : "refuses"} a response to ${who} by "${iss}" (C15)`, async () => {
    const query = new URLSearchParams({ code: "c" });
    for (const value of iss.split(" ")) query.append("iss", value);
    const login = complete(query.toString(), undefined, app);
    if (accepted) return assertEquals(await login, MEMBER.tokens);
    const { code } = await assertRejects(() => login, AuthorizationError);
    assertEquals(code, "login_refused");
  });
}

for (const error of ["invalid_scope", "x%0a200 GET / ref=forged"]) {
  Deno.test(`completeLogin() logs error=${error} if it is a code`, async () => {
    const login = () => complete(`error=${error}`);
    const { cause } = await assertRejects(login, AuthorizationError);
    const { status, code } = cause instanceof WixError ? cause : {};
    const expected = error.includes("%") ? undefined : error;
    assertEquals([status, code], [400, expected]);
  });
}

Deno.test("currentMemberProfile() returns the stored profile, undefined when Wix has none", async () => {
  const member = { id: "m", profile: { nickname: "Ann" } };
  const found = () => Response.json({ member });
  const profile = await asMember(found, currentMemberProfile);
  assertEquals(profile, { id: "m", name: "Ann" });
  for (const code of [403, 503]) {
    const unknown = await asMember(status(code), currentMemberProfile);
    assertEquals(unknown, undefined);
  }
});
