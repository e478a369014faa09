import { members } from "@wix/members";
import { redirects } from "@wix/redirects";
import type { IOAuthStrategy } from "@wix/sdk";
import {
  assert,
  assertEquals,
  assertMatch,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { Browser } from "../helpers/browser.ts";
import { loginForm } from "../helpers/http.ts";
import { assertWixError, contract } from "../helpers/site.ts";

const CALLBACK = "http://localhost:8000/callback";
const ANN = "ann@demo.example";

const test = contract();
const it = contract("loginPage");

test("generateOAuthData() is different each time", async (site) => {
  const { auth } = site.visitor({ members });
  const [first, second] = [
    auth.generateOAuthData(CALLBACK, "/cart"),
    auth.generateOAuthData(CALLBACK),
  ];
  assert(first.state !== second.state);
  assert(first.codeVerifier !== second.codeVerifier);
  assertEquals(first.originalUri, "/cart");
  await site.visitor({ members }).auth.getAuthUrl(first);
});

it("a login by query ends in member tokens", async (site) => {
  const client = site.visitor({ members });
  const { tokens } = await logIn(client.auth);
  client.auth.setTokens(await tokens());
  const { member } = await client.members.getCurrentMember();
  assertEquals(member?.profile?.slug, "ann");
});

it("a login by fragment, the SDK's default", async (site) => {
  const { auth } = site.visitor({ members });
  const { location, tokens } = await logIn(auth, {
    responseMode: "fragment",
  });
  assertEquals(new URL(location).search, "");
  assert((await tokens()).accessToken.value);
});

it("a code works once", async (site) => {
  const { tokens } = await logIn(site.visitor({ members }).auth);
  await tokens();
  await assertRejects(tokens, Error, "invalid_grant");
});

it("a code needs its verifier and its redirect URI", async (site) => {
  const { auth } = site.visitor({ members });
  const changes = [
    { codeVerifier: "x".repeat(43) },
    { redirectUri: `${CALLBACK}/2` },
  ];
  for (const change of changes) {
    const { tokens } = await logIn(auth);
    await assertRejects(() => tokens(change), Error, "invalid_grant");
  }
});

it("[assumed] a code is used up by a wrong verifier", async (site) => {
  const { tokens } = await logIn(site.visitor({ members }).auth);
  const codeVerifier = "x".repeat(43);
  await assertRejects(() => tokens({ codeVerifier }), Error, "invalid_grant");
  await assertRejects(() => tokens(), Error, "invalid_grant");
});

it("[assumed] a code is no use after ten minutes", async (site) => {
  const { tokens } = await logIn(site.visitor({ members }).auth);
  if (site.wix) site.wix.controls.clockOffsetSeconds = 601;
  await assertRejects(() => tokens(), Error, "invalid_grant");
});

it("prompt none is login_required until somebody has logged in there", async (site) => {
  const { auth } = site.visitor({ members });
  const browser = new Browser();
  const silently = async () => {
    const data = auth.generateOAuthData(CALLBACK);
    const url = await loginUrl(auth, data, { prompt: "none" });
    const { location } = await browser.get(url);
    const answer = auth.parseFromUrl(location ?? "", "query");
    assertEquals(answer.state, data.state);
    return answer;
  };
  const before = await silently();
  assertEquals([before.error, before.code], ["login_required", null]);
  await logIn(auth, {}, browser);
  assert((await silently()).code);
});

it("prompt login shows the page to somebody who has logged in there", async (site) => {
  const { auth } = site.visitor({ members });
  const browser = new Browser();
  await logIn(auth, {}, browser);
  const data = auth.generateOAuthData(CALLBACK);
  const url = await loginUrl(auth, data, { prompt: "login" });
  assertEquals((await browser.get(url)).status, 200);
});

it("idp leads to a page that names the provider", async (site) => {
  const { auth } = site.visitor({ members });
  for (
    const [idp, name] of [["google", "Google"], ["facebook", "Facebook"]]
  ) {
    const data = auth.generateOAuthData(CALLBACK);
    const options = { idp } as Parameters<IOAuthStrategy["getAuthUrl"]>[1];
    const { authUrl } = await auth.getAuthUrl(data, options);
    assertStringIncludes(
      (await new Browser().get(authUrl)).text,
      `with ${name}`,
    );
  }
});

it("[assumed] an unknown identity provider has a login page with its id", async (site) => {
  const client = site.visitor({ redirects });
  for (const idp of ["00000000-0000-4000-8000-0000000000ff", "constructor"]) {
    // The types of the SDK leave idp out; Wix takes it.
    const authRequest = {
      clientId: site.clientId,
      redirectUri: CALLBACK,
      responseType: "code",
      codeChallenge: "x".repeat(43),
      codeChallengeMethod: "S256",
      idp,
    };
    const { redirectSession } = await client.redirects
      .createRedirectSession({ auth: { authRequest } });
    const page = await new Browser().get(redirectSession?.fullUrl ?? "");
    assertEquals(page.status, 200);
    assertStringIncludes(page.text, `with provider ${idp}`);
  }
});

it("canceling a login is access_denied", async (site) => {
  const { auth } = site.visitor({ members });
  const data = auth.generateOAuthData(CALLBACK);
  const url = await loginUrl(auth, data);
  const { location } = await new Browser().submit(url, { action: "cancel" });
  const answer = auth.parseFromUrl(location ?? "", "query");
  assertEquals([answer.error, answer.state], ["access_denied", data.state]);
});

it("web_message posts to the origin of the redirect URI", async (site) => {
  const { auth } = site.visitor({ members });
  const data = auth.generateOAuthData(CALLBACK);
  const url = await loginUrl(auth, data, { responseMode: "web_message" });
  const { status, text, headers } = await new Browser().submit(
    url,
    loginForm(ANN),
  );
  assertEquals(status, 200);
  assertMatch(text, /\(opener \?\? parent\)\.postMessage\(/);
  assertStringIncludes(text, `"http://localhost:8000")`);
  assertStringIncludes(text, `"state":"${data.state}"`);
  const policy = headers.get("content-security-policy") ?? "";
  assertStringIncludes(policy, "frame-ancestors http://localhost:8000");
});

it("[assumed] a page of a login works for half an hour, and until its answer", async (site) => {
  const { auth } = site.visitor({ members });
  const [used, old] = [
    await loginUrl(auth, auth.generateOAuthData(CALLBACK)),
    await loginUrl(auth, auth.generateOAuthData(CALLBACK)),
  ];
  const browser = new Browser();
  await browser.submit(used, loginForm(ANN));
  assertEquals((await browser.get(used)).status, 404);
  assertEquals((await browser.get(old)).status, 200);
  if (site.wix) site.wix.controls.clockOffsetSeconds = 1801;
  assertEquals((await browser.get(old)).status, 404);
});

it("only listed redirect URIs, letter by letter, when the site lists some", async (site) => {
  if (site.wix) site.wix.controls.allowedRedirectUris = [CALLBACK];
  const { auth } = site.visitor({ members });
  const status = async (redirectUri: string) => {
    const data = auth.generateOAuthData(redirectUri);
    return (await new Browser().get(await loginUrl(auth, data))).status;
  };
  assertEquals(await status(CALLBACK), 200);
  assertEquals(await status(`${CALLBACK}/`), 400);
  assertEquals(await status(`${CALLBACK}?a=1`), 400);
});

it("a blocked member cannot log in, nor go on silently", async (site) => {
  const { auth } = site.visitor({ members });
  const browser = new Browser();
  await logIn(auth, {}, browser);
  await site.admin({ members }).members.bulkBlockMembers({ loginEmail: ANN });
  const data = auth.generateOAuthData(CALLBACK);
  const form = await browser.submit(
    await loginUrl(auth, data),
    loginForm(ANN),
  );
  assertEquals(form.status, 400);
  assertStringIncludes(form.text, "blocked");
  const silent = await loginUrl(auth, data, { prompt: "none" });
  assertMatch((await browser.get(silent)).location ?? "", /login_required/);
});

it("logout() forgets the tokens at once and leads back to the site", async (site) => {
  const client = await site.member({ members });
  const { logoutUrl } = await client.auth.logout("http://localhost:8000/bye");
  assertEquals(client.auth.loggedIn(), false);
  const { location } = await new Browser().get(logoutUrl);
  assertEquals(location, "http://localhost:8000/bye");
});

it("after a logout, the tokens are worth nothing at Wix", async (site) => {
  const client = await site.member({ members });
  const tokens = client.auth.getTokens();
  const { logoutUrl } = await client.auth.logout("http://localhost:8000/");
  await new Browser().get(logoutUrl);
  const late = site.visitor({ members }, tokens);
  await assertWixError(() => late.members.getCurrentMember(), 401);
  await assertRejects(() => late.auth.renewToken(tokens.refreshToken));
});

it("[assumed] a logout ends one login of a member, not the others", async (site) => {
  const [here, there] = [
    await site.member({ members }),
    await site.member({ members }),
  ];
  const { logoutUrl } = await here.auth.logout("http://localhost:8000/");
  await new Browser().get(logoutUrl);
  assert((await there.members.getCurrentMember()).member?._id);
});

type Auth = Pick<
  IOAuthStrategy,
  "generateOAuthData" | "getAuthUrl" | "parseFromUrl" | "getMemberTokens"
>;
type Options = NonNullable<Parameters<IOAuthStrategy["getAuthUrl"]>[1]>;
type OauthData = ReturnType<IOAuthStrategy["generateOAuthData"]>;

async function loginUrl(auth: Auth, data: OauthData, options: Options = {}) {
  const asked = { responseMode: "query", ...options } as const;
  return (await auth.getAuthUrl(data, asked)).authUrl;
}

/** Logs Ann in at the page; `tokens` exchanges the code that comes back. */
async function logIn(
  auth: Auth,
  options: { responseMode?: "query" | "fragment" } = {},
  browser = new Browser(),
) {
  const { responseMode = "query" } = options;
  const data = auth.generateOAuthData(CALLBACK);
  const url = await loginUrl(auth, data, { responseMode });
  const page = await browser.submit(url, loginForm(ANN));
  const location = page.location ?? "";
  const { code, state } = auth.parseFromUrl(location, responseMode);
  const tokens = (changes: Partial<OauthData> = {}) =>
    auth.getMemberTokens(code, state, { ...data, ...changes });
  return { location, tokens };
}
