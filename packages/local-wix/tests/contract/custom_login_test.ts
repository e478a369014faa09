import { members } from "@wix/members";
import { type IOAuthStrategy, LoginState } from "@wix/sdk";
import { assertEquals, assertRejects } from "@std/assert";
import { Browser } from "../helpers/browser.ts";
import { assertWixError, it, type Site } from "../helpers/site.ts";

// What makes a login or registration fail is in custom_login/triggers.ts.
const ANN = { email: "ann@demo.example", password: "anything" };
const CALLBACK = "http://localhost:8000/callback";
const UNKNOWN_ID = "00000000-0000-4000-8000-0000000000ff";
const { FAILURE, SUCCESS } = LoginState;

it.any("login() of an unknown email is invalidEmail", async (site) => {
  const email = `unknown-${crypto.randomUUID()}@example.com`;
  const state = await authOf(site).login({ email, password: "anything" });
  assertEquals([state.loginState, errorCode(state)], [FAILURE, "invalidEmail"]);
});

const CAPTCHA = "captcha+ann@demo.example";
const WRONG = { captchaTokens: { recaptchaToken: "invalid" } };

it.local("login() and register() return the reason for a failure; [assumed] an empty password is one", async (site) => {
  const login = (email: string, password: string, captchas = {}) =>
    authOf(site).login({ email, password, ...captchas });
  const register = (email: string, password = "x") =>
    authOf(site).register({ email, password });
  for (
    const [state, code] of [
      [await login(ANN.email, "wrong"), "invalidPassword"],
      [await login(ANN.email, "reset"), "resetPassword"],
      [await login(CAPTCHA, "x"), "missingCaptchaToken"],
      [await login(CAPTCHA, "x", WRONG), "invalidCaptchaToken"],
      [await register(ANN.email), "emailAlreadyExists"],
      [await register("not an email"), "invalidEmail"],
      [await register("captcha+zoe@demo.example"), "missingCaptchaToken"],
    ] as const
  ) assertEquals(errorCode(state), code);
  const empty = await register("zoe@demo.example", "");
  assertEquals(empty.loginState, FAILURE);
});

it.local("getAuthUrl() with prompt none exchanges a session token for member tokens", async (site) => {
  const client = site.visitor({ members });
  const token = sessionToken(await client.auth.login(ANN));
  client.auth.setTokens(await exchange(client.auth, token));
  assertEquals(client.auth.loggedIn(), true);
  const { member } = await client.members.getCurrentMember();
  assertEquals(member?.profile?.slug, "ann");
});

it.any("[assumed] an unknown session token is login_required", async (site) => {
  const made = () => exchange(authOf(site), "JWS.made.up");
  await assertRejects(made, Error, "Missing code");
});

it.local("register() creates a member who can log in", async (site) => {
  const client = site.visitor({ members });
  const account = { email: "zoe@demo.example", password: "anything" };
  const profile = { firstName: "Zoe", nickname: "Zoë" };
  const state = await client.auth.register({ ...account, profile });
  client.auth.setTokens(await exchange(client.auth, sessionToken(state)));
  const { member } = await client.members.getCurrentMember({
    fieldsets: ["FULL"],
  });
  assertEquals(member?.profile?.nickname, "Zoë");
  assertEquals(member?.contact?.firstName, "Zoe");
  assertEquals((await client.auth.login(account)).loginState, SUCCESS);
});

it.local("register() may wait for the code in an email; [assumed] a wrong one is VERIFICATION_FAILED", async (site) => {
  const auth = authOf(site);
  const email = "verify+zoe@demo.example";
  const state = await auth.register({ email, password: "anything" });
  assertEquals(state.loginState, LoginState.EMAIL_VERIFICATION_REQUIRED);
  const verify = (verificationCode: string) =>
    auth.processVerification({ verificationCode });
  await assertWixError(() => verify("000000"), 400, "VERIFICATION_FAILED");
  assertEquals((await verify("123456")).loginState, SUCCESS);
});

it.local("register() may wait for the site's owner, until approveMember()", async (site) => {
  const auth = authOf(site);
  const account = { email: "approve+zoe@demo.example", password: "anything" };
  const waiting = LoginState.OWNER_APPROVAL_REQUIRED;
  assertEquals((await auth.register(account)).loginState, waiting);
  assertEquals((await auth.login(account)).loginState, waiting);
  const { members: admin } = site.admin({ members });
  const { items } = await admin.queryMembers().eq("status", "PENDING").find();
  await admin.approveMember(items[0]?._id ?? "");
  assertEquals((await auth.login(account)).loginState, SUCCESS);
});

it.local("sendPasswordResetEmail() [assumed] does not reveal members, and refuses a URL that is not allowed", async (site) => {
  const auth = authOf(site);
  for (const email of [ANN.email, "unknown@demo.example"]) {
    await auth.sendPasswordResetEmail(email, "http://localhost:8000/");
  }
  const url = "https://evil.example/";
  const elsewhere = () => auth.sendPasswordResetEmail(ANN.email, url);
  await assertWixError(elsewhere, 400);
});

it.local("getMemberTokensForExternalLogin() logs a member in by API key", async (site) => {
  const client = site.visitor({ members });
  const { items } = await site.admin({ members }).members.queryMembers()
    .eq("profile.slug", "chiara").find();
  const id = items[0]?._id ?? "";
  client.auth.setTokens(await client.auth.generateVisitorTokens());
  const login = (id: string, key = site.apiKey) =>
    client.auth.getMemberTokensForExternalLogin(id, key);
  await assertRejects(() => login(id, "bad"));
  // What Wix says of an unknown member is assumed.
  await assertRejects(() => login(UNKNOWN_ID), Error, "invalid_grant");
  client.auth.setTokens(await login(id));
  const { member } = await client.members.getCurrentMember();
  assertEquals([member?._id, client.auth.loggedIn()], [id, true]);
});

it.local("getMemberTokensForExternalLoginWithSession() creates a new member", async (site) => {
  const client = site.visitor({ members });
  client.auth.setTokens(
    await client.auth.getMemberTokensForExternalLoginWithSession(
      "yara@demo.example",
      site.apiKey,
      { profile: { nickname: "Yara" }, verifyEmail: true },
    ),
  );
  const { member } = await client.members.getCurrentMember({
    fieldsets: ["FULL"],
  });
  assertEquals(member?.profile?.nickname, "Yara");
  assertEquals(member?.loginEmailVerified, true);
});

type LoginResult = Awaited<ReturnType<IOAuthStrategy["login"]>>;

function authOf(site: Site): IOAuthStrategy {
  return site.visitor({ members }).auth;
}

function errorCode(state: LoginResult): string | undefined {
  return "errorCode" in state ? state.errorCode : undefined;
}

function sessionToken(state: LoginResult): string {
  if (state.loginState === SUCCESS) return state.data.sessionToken;
  throw new Error(`Not logged in: ${state.loginState}`);
}

/** Member tokens for a session token, without a browser window. */
async function exchange(
  auth: Omit<IOAuthStrategy, "getAuthHeaders">,
  token: string,
) {
  const data = auth.generateOAuthData(CALLBACK);
  const how = { prompt: "none", responseMode: "query" } as const;
  const { authUrl } = await auth.getAuthUrl(data, withToken(how, token));
  const { location } = await new Browser().get(authUrl);
  const { code, state } = auth.parseFromUrl(location ?? "", "query");
  return await auth.getMemberTokens(code, state, data);
}

/** The types of the SDK leave `sessionToken` out; its code takes it. */
const withToken = <T>(how: T, sessionToken: string): T => ({
  ...how,
  sessionToken,
});
