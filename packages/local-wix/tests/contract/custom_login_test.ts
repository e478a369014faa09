import { members } from "@wix/members";
import { type IOAuthStrategy, LoginState } from "@wix/sdk";
import { assert, assertEquals, assertRejects } from "@std/assert";
import { Browser } from "../helpers/browser.ts";
import { frameWindow } from "../helpers/frame_window.ts";
import { at, loginForm } from "../helpers/http.ts";
import { assertWixError, contract } from "../helpers/site.ts";

// What makes a login or registration fail is in custom_login/triggers.ts.
const ANN = { email: "ann@demo.example", password: "anything" };

const anyTest = contract();
const it = contract("seed");
const seedLoginPageTest = contract("seed", "loginPage");
const test = contract("writes");

anyTest("login() of an unknown e-mail is invalidEmail", async (site) => {
  const { auth } = site.visitor({ members });
  const email = `nobody-${crypto.randomUUID()}@example.com`;
  const answer = await auth.login({ email, password: "anything" });
  assertEquals(answer.loginState, LoginState.FAILURE);
  assertEquals(errorCode(answer), "invalidEmail");
});

it("login() answers a session token", async (site) => {
  const { auth } = site.visitor({ members });
  const answer = await auth.login(ANN);
  assertEquals(answer.loginState, LoginState.SUCCESS);
  assert(sessionToken(answer));
});

it("login() tells why it failed", async (site) => {
  const { auth } = site.visitor({ members });
  const code = async (email: string, password: string, captcha?: string) => {
    const captchaTokens = captcha ? { recaptchaToken: captcha } : undefined;
    return errorCode(
      await auth.login({
        email,
        password,
        ...(captchaTokens && { captchaTokens }),
      }),
    );
  };
  assertEquals(await code(ANN.email, "wrong"), "invalidPassword");
  assertEquals(await code(ANN.email, "reset"), "resetPassword");
  const careful = "captcha+ann@demo.example";
  assertEquals(await code(careful, "x"), "missingCaptchaToken");
  assertEquals(await code(careful, "x", "invalid"), "invalidCaptchaToken");
});

it('[assumed] "reset your password" is a 401', async (site) => {
  const { accessToken } = await site.visitor({ members }).auth
    .generateVisitorTokens();
  const answer = await site.fetch("/_api/iam/authentication/v2/login", {
    method: "POST",
    headers: {
      authorization: accessToken.value,
      "content-type": "application/json",
    },
    body: JSON.stringify({
      loginId: { email: ANN.email },
      password: "reset",
    }),
  });
  const code = at(await answer.json(), "details.applicationError.code");
  assertEquals([answer.status, code], [401, "-19973"]);
});

seedLoginPageTest(
  "[assumed] a session token goes before who has logged in at the login page",
  async (site) => {
    const { auth, ...client } = site.visitor({ members });
    const browser = new Browser();
    const data = auth.generateOAuthData("http://localhost:8000/callback");
    const { authUrl } = await auth.getAuthUrl(data);
    await browser.submit(authUrl, loginForm("ben@demo.example"));
    const token = sessionToken(await auth.login(ANN));
    auth.setTokens(await exchange(auth, token, browser));
    const { member } = await client.members.getCurrentMember();
    assertEquals(member?.profile?.slug, "ann");
  },
);

it("a session token becomes member tokens by getAuthUrl() with prompt none", async (site) => {
  const client = site.visitor({ members });
  const token = sessionToken(await client.auth.login(ANN));
  client.auth.setTokens(await exchange(client.auth, token));
  assertEquals(client.auth.loggedIn(), true);
  const { member } = await client.members.getCurrentMember();
  assertEquals(member?.profile?.slug, "ann");
});

it("getMemberTokensForDirectLogin() gets them from a page in a frame", async (site) => {
  const client = site.visitor({ members });
  const token = sessionToken(await client.auth.login(ANN));
  using _window = frameWindow();
  client.auth.setTokens(
    await client.auth.getMemberTokensForDirectLogin(token),
  );
  const { member } = await client.members.getCurrentMember();
  assertEquals(member?.profile?.slug, "ann");
});

anyTest(
  "[assumed] a made-up session token is login_required",
  async (site) => {
    const { auth } = site.visitor({ members });
    await assertRejects(
      () => exchange(auth, "JWS.made.up"),
      Error,
      "Missing code",
    );
  },
);

it("[assumed] a session token is no use after ten minutes", async (site) => {
  const client = site.visitor({ members });
  const token = sessionToken(await client.auth.login(ANN));
  if (site.wix) site.wix.controls.clockOffsetSeconds = 601;
  await assertRejects(() => exchange(client.auth, token));
});

test("register() makes a member who can log in", async (site) => {
  const client = site.visitor({ members });
  const email = "zoe@demo.example";
  const answer = await client.auth.register({
    email,
    password: "anything",
    profile: { firstName: "Zoe", nickname: "Zoë" },
  });
  client.auth.setTokens(await exchange(client.auth, sessionToken(answer)));
  const { member } = await client.members.getCurrentMember({
    fieldsets: ["FULL"],
  });
  assertEquals(member?.profile?.nickname, "Zoë");
  assertEquals(member?.contact?.firstName, "Zoe");
  const again = await client.auth.login({ email, password: "anything" });
  assertEquals(again.loginState, LoginState.SUCCESS);
});

test("register() tells why it failed", async (site) => {
  const { auth } = site.visitor({ members });
  const code = async (email: string) =>
    errorCode(await auth.register({ email, password: "anything" }));
  assertEquals(await code(ANN.email), "emailAlreadyExists");
  assertEquals(await code("not an e-mail"), "invalidEmail");
  assertEquals(await code("captcha+zoe@demo.example"), "missingCaptchaToken");
});

test("register() may wait for the code in an e-mail", async (site) => {
  const { auth } = site.visitor({ members });
  const email = "verify+zoe@demo.example";
  const state = await auth.register({ email, password: "anything" });
  assertEquals(state.loginState, LoginState.EMAIL_VERIFICATION_REQUIRED);
  const done = await auth.processVerification({ verificationCode: "123456" });
  assertEquals(done.loginState, LoginState.SUCCESS);
});

test("[assumed] a wrong verification code is 400 VERIFICATION_FAILED", async (site) => {
  const { auth } = site.visitor({ members });
  const email = "verify+zoe@demo.example";
  await auth.register({ email, password: "anything" });
  await assertWixError(
    () => auth.processVerification({ verificationCode: "000000" }),
    400,
    "VERIFICATION_FAILED",
  );
});

test("[assumed] register() takes any password but an empty one", async (site) => {
  const { auth } = site.visitor({ members });
  const email = "zoe@demo.example";
  const empty = await auth.register({ email, password: "" });
  assertEquals(empty.loginState, LoginState.FAILURE);
  const short = await auth.register({ email, password: "x" });
  assertEquals(short.loginState, LoginState.SUCCESS);
});

test("register() may wait for the site's owner, until approveMember()", async (site) => {
  const { auth } = site.visitor({ members });
  const account = { email: "approve+zoe@demo.example", password: "anything" };
  const waiting = LoginState.OWNER_APPROVAL_REQUIRED;
  assertEquals((await auth.register(account)).loginState, waiting);
  assertEquals((await auth.login(account)).loginState, waiting);
  const { members: admin } = site.admin({ members });
  const { items } = await admin.queryMembers().eq("status", "PENDING").find();
  await admin.approveMember(items[0]?._id ?? "");
  assertEquals((await auth.login(account)).loginState, LoginState.SUCCESS);
});

test("[assumed] login() of a blocked member fails", async (site) => {
  const { members: admin } = site.admin({ members });
  await admin.bulkBlockMembers({ loginEmail: ANN.email });
  const { auth } = site.visitor({ members });
  assertEquals((await auth.login(ANN)).loginState, LoginState.FAILURE);
});

it("sendPasswordResetEmail() takes the e-mail of a member", async (site) => {
  const { auth } = site.visitor({ members });
  await auth.sendPasswordResetEmail(ANN.email, "http://localhost:8000/");
});

it("[assumed] sendPasswordResetEmail() does not tell who is a member", async (site) => {
  const { auth } = site.visitor({ members });
  const url = "http://localhost:8000/";
  await auth.sendPasswordResetEmail("nobody@demo.example", url);
});

it("[assumed] sendPasswordResetEmail() refuses a URL that is not allowed", async (site) => {
  const { auth } = site.visitor({ members });
  const url = "https://evil.example/";
  await assertWixError(
    () => auth.sendPasswordResetEmail(ANN.email, url),
    400,
  );
});

it("getMemberTokensForExternalLogin() logs a member in by API key", async (site) => {
  const client = site.visitor({ members });
  client.auth.setTokens(await client.auth.generateVisitorTokens());
  const { items } = await site.admin({ members }).members.queryMembers()
    .eq("profile.slug", "chiara").find();
  const id = items[0]?._id ?? "";
  client.auth.setTokens(
    await client.auth.getMemberTokensForExternalLogin(id, site.apiKey),
  );
  const { member } = await client.members.getCurrentMember();
  assertEquals([member?._id, client.auth.loggedIn()], [id, true]);
});

it("getMemberTokensForExternalLogin() needs a good API key and member", async (site) => {
  const { auth } = site.visitor({ members });
  auth.setTokens(await auth.generateVisitorTokens());
  const { items } = await site.admin({ members }).members.queryMembers()
    .limit(1).find();
  const id = items[0]?._id ?? "";
  const unknown = "00000000-0000-4000-8000-0000000000ff";
  for (
    const [member, key] of [[id, "bad"], [unknown, site.apiKey]] as const
  ) {
    await assertRejects(() =>
      auth.getMemberTokensForExternalLogin(member, key)
    );
  }
});

it("[assumed] an external login of nobody is invalid_grant", async (site) => {
  const { auth } = site.visitor({ members });
  auth.setTokens(await auth.generateVisitorTokens());
  const nobody = "00000000-0000-4000-8000-0000000000ff";
  await assertRejects(
    () => auth.getMemberTokensForExternalLogin(nobody, site.apiKey),
    Error,
    "invalid_grant",
  );
});

test("getMemberTokensForExternalLoginWithSession() makes a member of whoever is none", async (site) => {
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

type Answer = Awaited<ReturnType<IOAuthStrategy["login"]>>;

function errorCode(answer: Answer): string | undefined {
  return "errorCode" in answer ? answer.errorCode : undefined;
}

function sessionToken(answer: Answer): string {
  if (answer.loginState === LoginState.SUCCESS) return answer.data.sessionToken;
  throw new Error(`Not logged in: ${answer.loginState}`);
}

/** Member tokens for a session token, without a browser window. */
async function exchange(
  auth: Pick<IOAuthStrategy, ExchangeMethod>,
  token: string,
  browser = new Browser(),
) {
  const data = auth.generateOAuthData("http://localhost:8000/callback");
  // The types of the SDK leave sessionToken out; its code takes it.
  const options = {
    sessionToken: token,
    prompt: "none",
    responseMode: "query",
  } as const;
  const { authUrl } = await auth.getAuthUrl(data, options);
  const { location } = await browser.get(authUrl);
  const { code, state } = auth.parseFromUrl(location ?? "", "query");
  return await auth.getMemberTokens(code, state, data);
}

type ExchangeMethod =
  | "generateOAuthData"
  | "getAuthUrl"
  | "parseFromUrl"
  | "getMemberTokens";
