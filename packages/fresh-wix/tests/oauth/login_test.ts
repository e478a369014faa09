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
import { InvalidGrantError } from "../../src/oauth/token_endpoint.ts";
import { RequestSession } from "../../src/session/request_session.ts";
import { runAs } from "../../src/wix/request_scope.ts";
import { installSdkClients } from "../../src/wix/sdk_clients.ts";
import { WixError } from "../../src/wix/wix_error.ts";

const APP = {
  clientId: "00000000-0000-4000-8000-000000000001",
  appOrigin: "https://app.example",
  returnUrl: "/members",
};
const LOGIN_PAGE = "https://wix.example/login?session=1";
const NOW = 1_800_000_000;
const TOKENS = {
  accessToken: "access",
  refreshToken: "refresh",
  expiresAt: NOW + 14_400,
};

const sent: { path: string; body: unknown }[] = [];
let answer: () => Response = () => Response.json({});

installSdkClients({
  elevated: undefined,
  appTokens: {
    readyToken: () => undefined,
    accessToken: () => Promise.reject(new Error("nothing is elevated")),
    renew: () => Promise.reject(new Error("nothing is elevated")),
  },
  wixFetch: (input, init) => {
    const body = typeof init?.body === "string" ? JSON.parse(init.body) : null;
    sent.push({ path: new URL(String(input)).pathname, body });
    return Promise.resolve(answer());
  },
});

/** Runs `call` as a member, while Wix gives `reply` to everything. */
function asMember<T>(reply: typeof answer, call: () => Promise<T>): Promise<T> {
  sent.length = 0;
  answer = reply;
  const session = new RequestSession({
    kind: "member",
    id: "session-1",
    tokens: TOKENS,
    startedAt: NOW,
    member: undefined,
  }, {
    now: () => NOW,
    jitter: () => 0,
    doubted: false,
    tokenEndpoint: {
      anonymous: () => Promise.reject(new Error("not a visitor")),
      refresh: () => Promise.reject(new Error("nothing expires")),
    },
  });
  return runAs(session, call);
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
      beginLogin({ ...APP, preferences: { prompt: "none", idp: undefined } }),
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
      () => beginLogin({ ...APP, preferences: { prompt: "login", idp } }),
    );
    const body = JSON.stringify(sent.map(({ body }) => body));
    assertEquals(body.includes(`"idp":"${id}"`), true);
  });
}

const noLoginPage: [title: string, answer: Response, code: string][] = [
  ["gives no address", Response.json({ redirectSession: {} }), "unavailable"],
  ["does not answer", Response.json({}, { status: 503 }), "unavailable"],
  ["refuses", Response.json({}, { status: 403 }), "refused"],
];
for (const [what, answer, code] of noLoginPage) {
  Deno.test(`beginLogin() is ${code} when Wix ${what}, and knows the way back`, async () => {
    const preferences = { prompt: "login", idp: undefined } as const;
    const error = await assertRejects(
      () => asMember(() => answer, () => beginLogin({ ...APP, preferences })),
      AuthorizationError,
    );
    const { code: seen, returnUrl, cause } = error;
    assertEquals([seen, returnUrl], [code, "/members"]);
    assertEquals(cause instanceof Error, true);
  });
}

Deno.test("beginLogout() tells Wix where to come back to", async () => {
  const logoutUrl = await asMember(redirectSession, () => beginLogout(APP));
  assertEquals(logoutUrl, LOGIN_PAGE);
  assertEquals(sent.map(({ body }) => body), [{
    logout: { clientId: APP.clientId },
    callbacks: {
      postFlowUrl:
        "https://app.example/api/auth/logout-callback?returnTo=%2Fmembers",
    },
  }]);
});

Deno.test("beginLogout() leads to the return URL when Wix does not answer", async () => {
  const logoutUrl = await asMember(
    () => Response.json({}, { status: 503 }),
    () => beginLogout(APP),
  );
  assertEquals(logoutUrl, "https://app.example/members");
});

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
const complete = (
  query: string,
  endpoint: Parameters<typeof completeLogin>[2] = tokenEndpoint("MEMBER"),
) => completeLogin(new URLSearchParams(query), transaction, endpoint);

for (const subject of ["MEMBER", undefined]) {
  Deno.test(`completeLogin() returns the tokens when Wix says ${subject} of them`, async () => {
    assertEquals(await complete("code=c", tokenEndpoint(subject)), TOKENS);
  });
}

Deno.test("completeLogin() of a silent login that found nobody is undefined", async () => {
  assertEquals(await complete("error=login_required"), undefined);
});

const outage = new WixError({
  status: 503,
  code: undefined,
  description: "",
  requestId: undefined,
});
const failures: [
  title: string,
  code: string,
  query: string,
  endpoint?: Parameters<typeof completeLogin>[2],
][] = [
  ["C5 two codes", "refused", "code=a&code=b"],
  ["C6 no code", "refused", ""],
  ["C6 an empty code", "refused", "code="],
  ["C13 a cancelled login", "cancelled", "error=access_denied"],
  ["a refused scope", "refused", "error=invalid_scope&code=c"],
  [
    "C16 a code that Wix refuses",
    "refused",
    "code=c",
    failing(new InvalidGrantError("no")),
  ],
  ["C18 a visitor's tokens", "refused", "code=c", tokenEndpoint("VISITOR")],
  ["an outage", "unavailable", "code=c", failing(outage)],
];
for (const [title, code, query, endpoint] of failures) {
  Deno.test(`completeLogin() ends ${title} as ${code}`, async () => {
    const error = await assertRejects(
      () => complete(query, endpoint),
      AuthorizationError,
    );
    const { code: seen, returnUrl } = error instanceof AuthorizationError
      ? error
      : { code: undefined, returnUrl: undefined };
    assertEquals([seen, returnUrl], [code, "/members"]);
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
