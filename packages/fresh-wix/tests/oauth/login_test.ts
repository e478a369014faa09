import { assertEquals, assertRejects } from "@std/assert";
import { AuthorizationError } from "../../src/oauth/authorization_error.ts";
import {
  beginLogin,
  beginLogout,
  completeLogin,
  currentMemberProfile,
  parseLoginPreferences,
} from "../../src/oauth/login.ts";
import { codeChallenge } from "../../src/oauth/authorization_request.ts";
import { runWithSession } from "../../src/wix/request_context.ts";
import { installSdkClients } from "../../src/wix/sdk_clients.ts";
import { WixError } from "../../src/wix/wix_error.ts";
import { MEMBER, requestWith } from "../helpers/sessions.ts";

const APP = {
  clientId: "00000000-0000-4000-8000-000000000001",
  appOrigin: "https://app.example",
  wixApiOrigin: undefined,
};
const LOCAL = { ...APP, wixApiOrigin: "http://localhost:4400" };
const LOGIN = {
  returnUrl: "/members",
  preferences: { prompt: "login", idp: undefined },
} as const;
const LOGIN_PAGE = "https://wix.example/login?session=1";
const TOKENS = MEMBER.tokens;

const sent: { path: string; body: unknown }[] = [];
let respond: () => Response = () => Response.json({});

installSdkClients({
  elevated: undefined,
  appTokens: {
    accessToken: () => Promise.reject(new Error("nothing is elevated")),
    refresh: () => Promise.reject(new Error("nothing is elevated")),
  },
  wixFetch: (input, init) => {
    const body = typeof init?.body === "string" ? JSON.parse(init.body) : null;
    sent.push({ path: new URL(String(input)).pathname, body });
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
  const { session } = requestWith({
    ...MEMBER,
    tokens: { ...TOKENS, expiresAt: MEMBER.startedAt + 14_400 },
  });
  return runWithSession(session, call);
}

const redirectSession = () =>
  Response.json({ redirectSession: { fullUrl: LOGIN_PAGE } });

const preferences: [
  query: string,
  accepted: [prompt: string, idp?: string] | undefined,
][] = [
  ["", ["login"]],
  ["prompt=none", ["none"]],
  ["prompt=login&idp=google", ["login", "google"]],
  ["idp=facebook", ["login", "facebook"]],
  ...["consent", "select_account", "NONE", "login none", "__proto__", ""].map((
    prompt,
  ): [string, undefined] => [`prompt=${prompt}`, undefined]),
  ...["github", "constructor", ""].map((idp): [string, undefined] => [
    `idp=${idp}`,
    undefined,
  ]),
];
for (const [query, accepted] of preferences) {
  Deno.test(`parseLoginPreferences() of ?${query} is ${accepted}`, () => {
    const parsed = parseLoginPreferences(new URLSearchParams(query));
    const [prompt, idp] = accepted ?? [];
    assertEquals([parsed?.prompt, parsed?.idp], [prompt, idp]);
  });
}

Deno.test("beginLogin() asks Wix for a login page with everything that the answer is checked against", async () => {
  const { transaction, loginUrl } = await asMember(
    redirectSession,
    () =>
      beginLogin(APP, {
        ...LOGIN,
        preferences: { prompt: "none", idp: undefined },
      }),
  );
  assertEquals(loginUrl, LOGIN_PAGE);
  assertEquals(transaction.returnUrl, "/members");
  assertEquals(sent.map(({ body }) => body), [{
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

const providerIds = [
  ["google", "0e6a50f5-b523-4e29-990d-f37fa2ffdd69"],
  ["facebook", "3ecad13f-52c3-483d-911f-31dbcf2a6d23"],
] as const;
for (const [idp, id] of providerIds) {
  Deno.test(`beginLogin() names ${idp} by its id at Wix`, async () => {
    await asMember(
      redirectSession,
      () =>
        beginLogin(APP, { ...LOGIN, preferences: { prompt: "login", idp } }),
    );
    const body = JSON.stringify(sent.map(({ body }) => body));
    assertEquals(body.includes(`"idp":"${id}"`), true);
  });
}

const withUrl = (fullUrl: unknown) => () =>
  Response.json({ redirectSession: { fullUrl } });
const status = (code: number) => () => Response.json({}, { status: code });
const noLoginPage: [title: string, response: () => Response][] = [
  ["gives none", () => Response.json({})],
  ...[
    "",
    "javascript:alert(1)",
    "data:text/html,x",
    "//evil.com/",
    "http://wix.example/",
    "http://localhost:1/",
  ].map((url): [string, () => Response] => [
    `gives the URL "${url}" (N21)`,
    withUrl(url),
  ]),
  ["does not respond", status(503)],
  ["refuses", status(403)],
];
for (const [what, response] of noLoginPage) {
  Deno.test(`beginLogin() throws when Wix ${what}, and knows the way back`, async () => {
    const error = await assertRejects(
      () => asMember(response, () => beginLogin(APP, LOGIN)),
      AuthorizationError,
    );
    const isRefusal = what === "refuses";
    const code = isRefusal ? "login_refused" : "temporarily_unavailable";
    assertEquals([error.code, error.returnUrl], [code, "/members"]);
    assertEquals(error.cause instanceof Error, true);
  });
}

Deno.test("beginLogin() takes an http URL of this machine from local Wix only (N21)", async () => {
  const ofLocalWix = "http://localhost:4400/login";
  const { loginUrl } = await asMember(
    withUrl(ofLocalWix),
    () => beginLogin(LOCAL, LOGIN),
  );
  assertEquals(loginUrl, ofLocalWix);
  await assertRejects(
    () =>
      asMember(withUrl("http://wix.example/"), () => beginLogin(LOCAL, LOGIN)),
    AuthorizationError,
  );
});

Deno.test("beginLogout() tells Wix where to come back to", async () => {
  const logoutUrl = await asMember(
    redirectSession,
    () => beginLogout(APP, "/members"),
  );
  assertEquals(logoutUrl, LOGIN_PAGE);
  assertEquals(sent.map(({ body }) => body), [{
    logout: { clientId: APP.clientId },
    callbacks: {
      postFlowUrl:
        "https://app.example/api/auth/logout-callback?returnTo=%2Fmembers",
    },
  }]);
});

const noLogoutPage: [title: string, response: () => Response][] = [
  ["does not respond", status(503)],
  ["gives a URL that is not https (N21)", withUrl("javascript:alert(1)")],
];
for (const [title, response] of noLogoutPage) {
  Deno.test(`beginLogout() leads to the return URL when Wix ${title}`, async () => {
    const logoutUrl = await asMember(
      response,
      () => beginLogout(APP, "/members"),
    );
    assertEquals(logoutUrl, "https://app.example/members");
  });
}

const transaction = {
  state: "s",
  codeVerifier: "v",
  returnUrl: "/members",
  redirectUri: "https://app.example/api/auth/callback",
};
const tokenEndpoint = (subjectType: string | undefined) => ({
  authorizationCode: () => Promise.resolve(TOKENS),
  subjectType: () => Promise.resolve(subjectType),
});
const failing = (error: Error) => ({
  ...tokenEndpoint("MEMBER"),
  authorizationCode: () => Promise.reject(error),
});
type Endpoint = Parameters<typeof completeLogin>[2]["tokenEndpoint"];
const complete = (
  query: string,
  endpoint: Endpoint = tokenEndpoint("MEMBER"),
  { wixApiOrigin }: { wixApiOrigin: string | undefined } = APP,
) =>
  completeLogin(new URLSearchParams(query), transaction, {
    tokenEndpoint: endpoint,
    wixApiOrigin,
  });

for (const subject of ["MEMBER", undefined]) {
  Deno.test(`completeLogin() returns the tokens when Wix says ${subject} of them`, async () => {
    assertEquals(await complete("code=c", tokenEndpoint(subject)), TOKENS);
  });
}

Deno.test("completeLogin() of a silent login without a member is undefined", async () => {
  assertEquals(await complete("error=login_required"), undefined);
});

const outage = new WixError({ status: 503, description: "" });
const invalidGrant = new WixError({
  status: 400,
  code: "invalid_grant",
  description: "",
});
const failures: [
  title: string,
  code: string,
  query: string,
  endpoint?: Endpoint,
][] = [
  ["C5 two codes", "login_refused", "code=a&code=b"],
  ["C6 no code", "login_refused", ""],
  ["C6 an empty code", "login_refused", "code="],
  ["C13 a cancelled login", "access_denied", "error=access_denied"],
  ["a refused scope", "login_refused", "error=invalid_scope&code=c"],
  [
    "C16 a code that Wix refuses",
    "login_refused",
    "code=c",
    failing(invalidGrant),
  ],
  [
    "C18 a visitor's tokens",
    "login_refused",
    "code=c",
    tokenEndpoint("VISITOR"),
  ],
  ["an outage", "temporarily_unavailable", "code=c", failing(outage)],
];
for (const [title, code, query, endpoint] of failures) {
  Deno.test(`completeLogin() ends ${title} as ${code}`, async () => {
    const error = await assertRejects(
      () => complete(query, endpoint),
      AuthorizationError,
    );
    assertEquals([error.code, error.returnUrl], [code, "/members"]);
  });
}

const issuers: [
  iss: string,
  app: Parameters<typeof complete>[2],
  accepted: boolean,
][] = [
  ["https://www.wix.com", APP, true],
  ["https://www.wixapis.com", APP, true],
  [LOCAL.wixApiOrigin, LOCAL, true],
  [LOCAL.wixApiOrigin, APP, false],
  ["https://evil.com", APP, false],
  ["https://www.wix.com.evil.com", APP, false],
  ["https://notwix.com", APP, false],
  ["http://www.wix.com", APP, false],
  ["https://www.wix.com https://evil.com", APP, false],
  ["", APP, false],
  ["wix.com", APP, false],
];
for (const [iss, app, accepted] of issuers) {
  const who = app === LOCAL ? "an app of local Wix" : "an app of Wix";
  Deno.test(`completeLogin() ${accepted ? "accepts" : "refuses"} a response to ${who} by "${iss}" (C15)`, async () => {
    const query = new URLSearchParams({ code: "c" });
    for (const value of iss.split(" ")) query.append("iss", value);
    const login = complete(query.toString(), undefined, app);
    if (accepted) return assertEquals(await login, TOKENS);
    const { code } = await assertRejects(() => login, AuthorizationError);
    assertEquals(code, "login_refused");
  });
}

const responseErrors: [error: string, says: string][] = [
  ["invalid_scope", "Wix 400 invalid_scope"],
  ["server_error", "Wix 400 server_error"],
  ["x%0a200 GET / ref=forged", "Wix 400 - "],
];
for (const [error, says] of responseErrors) {
  Deno.test(`completeLogin() tells the log of error=${error}`, async () => {
    const { cause } = await assertRejects(
      () => complete(`error=${error}`),
      AuthorizationError,
    );
    const { status, code } = cause instanceof WixError
      ? cause
      : { status: 0, code: "" };
    assertEquals(`Wix ${status} ${code ?? "-"} `.startsWith(says), true);
  });
}

Deno.test("currentMemberProfile() is what is kept of the member", async () => {
  const member = { id: "m", profile: { nickname: "Ann" } };
  const profile = await asMember(
    () => Response.json({ member }),
    currentMemberProfile,
  );
  assertEquals(profile, { id: "m", name: "Ann" });
});

for (const code of [403, 503]) {
  Deno.test(`currentMemberProfile() is undefined when Wix responds ${code}: a login goes on without a name`, async () => {
    const profile = await asMember(
      status(code),
      currentMemberProfile,
    );
    assertEquals(profile, undefined);
  });
}
