import { assertEquals, assertRejects } from "@std/assert";
import { AuthorizationError } from "../../src/oauth/authorization_error.ts";
import {
  beginLogin,
  beginLogout,
  completeLogin,
  currentMemberProfile,
  parseLoginPreferences,
} from "../../src/oauth/login.ts";
import { codeChallenge } from "../../src/oauth/pkce.ts";
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

const prompts: [query: string, prompt: string | undefined][] = [
  ["", "login"],
  ["prompt=login", "login"],
  ["prompt=none", "none"],
  ["prompt=", undefined],
  ["prompt=consent", undefined],
  ["prompt=select_account", undefined],
  ["prompt=NONE", undefined],
  ["prompt=login none", undefined],
  ["prompt=__proto__", undefined],
];
for (const [query, prompt] of prompts) {
  Deno.test(`parseLoginPreferences() of ?${query} asks for ${prompt}`, () => {
    const preferences = parseLoginPreferences(new URLSearchParams(query));
    assertEquals(preferences?.prompt, prompt);
  });
}

const providers: [query: string, accepted: boolean][] = [
  ["idp=google", true],
  ["idp=facebook", true],
  ["idp=", false],
  ["idp=github", false],
  ["idp=constructor", false],
];
for (const [query, accepted] of providers) {
  Deno.test(`parseLoginPreferences() ${accepted ? "takes" : "refuses"} ?${query}`, () => {
    const preferences = parseLoginPreferences(new URLSearchParams(query));
    assertEquals(preferences !== undefined, accepted);
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
const noLoginPage: [title: string, response: () => Response, code: string][] = [
  ["gives no URL", () => Response.json({}), "temporarily_unavailable"],
  ["gives an empty URL", withUrl(""), "temporarily_unavailable"],
  [
    "gives a javascript: URL (N21)",
    withUrl("javascript:alert(1)"),
    "temporarily_unavailable",
  ],
  [
    "gives a data: URL (N21)",
    withUrl("data:text/html,x"),
    "temporarily_unavailable",
  ],
  ["gives a path (N21)", withUrl("//evil.com/"), "temporarily_unavailable"],
  [
    "gives an http URL (N21)",
    withUrl("http://wix.example/"),
    "temporarily_unavailable",
  ],
  [
    "gives one of this machine (N21)",
    withUrl("http://localhost:1/"),
    "temporarily_unavailable",
  ],
  [
    "does not respond",
    () => Response.json({}, { status: 503 }),
    "temporarily_unavailable",
  ],
  ["refuses", () => Response.json({}, { status: 403 }), "login_refused"],
];
for (const [what, response, code] of noLoginPage) {
  Deno.test(`beginLogin() is ${code} when Wix ${what}, and knows the way back`, async () => {
    const error = await assertRejects(
      () => asMember(response, () => beginLogin(APP, LOGIN)),
      AuthorizationError,
    );
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
    () => beginLogout(APP, LOGIN),
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
  ["does not respond", () => Response.json({}, { status: 503 })],
  ["gives a URL that is not https (N21)", withUrl("javascript:alert(1)")],
];
for (const [title, response] of noLogoutPage) {
  Deno.test(`beginLogout() leads to the return URL when Wix ${title}`, async () => {
    const logoutUrl = await asMember(response, () => beginLogout(APP, LOGIN));
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

const WIX = "https://www.wix.com";
const LOCAL_WIX = LOCAL.wixApiOrigin;
const issuers: [
  title: string,
  iss: string[],
  local: boolean,
  accepted: boolean,
][] = [
  ["no issuer", [], false, true],
  ["Wix", [WIX], false, true],
  ["Wix's APIs", ["https://www.wixapis.com"], false, true],
  ["local Wix", [LOCAL_WIX], true, true],
  ["local Wix, for an app of the real one", [LOCAL_WIX], false, false],
  ["another issuer", ["https://evil.com"], false, false],
  [
    "a name that begins like Wix",
    ["https://www.wix.com.evil.com"],
    false,
    false,
  ],
  ["a name that ends like Wix", ["https://notwix.com"], false, false],
  ["Wix over http", ["http://www.wix.com"], false, false],
  ["Wix and another", [WIX, "https://evil.com"], false, false],
  ["an empty issuer", [""], false, false],
  ["no URL", ["wix.com"], false, false],
];
for (const [title, iss, local, accepted] of issuers) {
  Deno.test(`completeLogin() ${accepted ? "accepts" : "refuses"} a response of ${title} (C15)`, async () => {
    const query = new URLSearchParams([
      ["code", "c"],
      ...iss.map((value) => ["iss", value]),
    ]).toString();
    let calls = 0;
    const endpoint = {
      ...tokenEndpoint("MEMBER"),
      authorizationCode: () => {
        calls++;
        return Promise.resolve(TOKENS);
      },
    };
    const login = complete(query, endpoint, local ? LOCAL : APP);
    if (accepted) {
      assertEquals(await login, TOKENS);
    } else {
      const error = await assertRejects(() => login, AuthorizationError);
      assertEquals([error.code, calls], ["login_refused", 0]);
    }
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

const profiles: [title: string, answer: unknown, name: string | undefined][] = [
  ["a nickname", { id: "m", profile: { nickname: "Ann", slug: "a" } }, "Ann"],
  ["a slug", { id: "m", profile: { slug: "ann-1" } }, "ann-1"],
  ["neither", { id: "m" }, "Member"],
  ["nobody", undefined, undefined],
];
for (const [title, member, name] of profiles) {
  Deno.test(`currentMemberProfile() of ${title} is named ${name}`, async () => {
    const profile = await asMember(
      () => Response.json({ member }),
      currentMemberProfile,
    );
    assertEquals(profile?.name, name);
  });
}

Deno.test("currentMemberProfile() keeps names short, for the cookie", async () => {
  const member = { id: "m", profile: { nickname: "n".repeat(5_000) } };
  const profile = await asMember(
    () => Response.json({ member }),
    currentMemberProfile,
  );
  assertEquals(profile?.name.length, 100);
});

for (const status of [403, 429, 500, 503]) {
  Deno.test(`currentMemberProfile() is undefined when Wix answers ${status}: a login goes on without a name`, async () => {
    const profile = await asMember(
      () => Response.json({ message: "no" }, { status }),
      currentMemberProfile,
    );
    assertEquals(profile, undefined);
  });
}
