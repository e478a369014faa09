import { members } from "@wix/members";
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
import { assertWixError, it, type Site } from "../helpers/site.ts";

const CALLBACK = "http://localhost:8000/callback";
const ANN = "ann@demo.example";

for (const mode of ["query", "fragment"] as const) {
  it.local(`a login by ${mode} returns member tokens`, async (site) => {
    const client = site.visitor({ members });
    const { location, redeem } = await logIn(client.auth, mode);
    const { search, hash } = new URL(location);
    assertEquals([search !== "", hash !== ""], [
      mode === "query",
      mode === "fragment",
    ]);
    client.auth.setTokens(await redeem());
    const { member } = await client.members.getCurrentMember();
    assertEquals(member?.profile?.slug, "ann");
    await assertRejects(redeem, Error, "invalid_grant", "a code works once");
  });
}

it.local("a code needs its verifier and its redirect URI, and [assumed] is used up by a wrong one", async (site) => {
  const codeVerifier = "x".repeat(43);
  const redirectUri = `${CALLBACK}/2`;
  for (const wrong of [{ codeVerifier }, { redirectUri }]) {
    const { redeem } = await logIn(authOf(site));
    await assertRejects(() => redeem(wrong), Error, "invalid_grant");
    await assertRejects(() => redeem(), Error, "invalid_grant");
  }
});

it.local("prompt none is login_required until a member has logged in there; prompt login shows the page", async (site) => {
  const auth = authOf(site);
  const browser = new Browser();
  const silently = async () => {
    const data = auth.generateOAuthData(CALLBACK);
    const url = await loginUrl(auth, data, { prompt: "none" });
    const { location } = await browser.get(url);
    const response = auth.parseFromUrl(location ?? "", "query");
    assertEquals(response.state, data.state);
    return response;
  };
  const before = await silently();
  assertEquals([before.error, before.code], ["login_required", null]);
  await logIn(auth, "query", browser);
  assert((await silently()).code);
  const data = auth.generateOAuthData(CALLBACK);
  const url = await loginUrl(auth, data, { prompt: "login" });
  assertEquals((await browser.get(url)).status, 200);
});

it.local("canceling a login is access_denied", async (site) => {
  const auth = authOf(site);
  const data = auth.generateOAuthData(CALLBACK);
  const url = await loginUrl(auth, data);
  const { location } = await new Browser().submit(url, { action: "cancel" });
  const response = auth.parseFromUrl(location ?? "", "query");
  assertEquals([response.error, response.state], ["access_denied", data.state]);
});

it.local("[assumed] a login page works for half an hour, and until its response", async (site) => {
  const auth = authOf(site);
  const [used, old] = [await loginUrl(auth), await loginUrl(auth)];
  const browser = new Browser();
  await browser.submit(used, loginForm(ANN));
  assertEquals((await browser.get(used)).status, 404);
  assertEquals((await browser.get(old)).status, 200);
  if (site.wix) site.wix.controls.clockOffsetSeconds = 1801;
  assertEquals((await browser.get(old)).status, 404);
});

it.local("only listed redirect URIs match, exactly, if the site lists any", async (site) => {
  if (site.wix) site.wix.controls.allowedRedirectUris = [CALLBACK];
  const auth = authOf(site);
  const rows = [["", 200], ["/", 400], ["?a=1", 400]] as const;
  for (const [end, status] of rows) {
    const data = auth.generateOAuthData(CALLBACK + end);
    const page = await new Browser().get(await loginUrl(auth, data));
    assertEquals(page.status, status, end);
  }
});

it.local("a blocked member cannot log in, not even silently", async (site) => {
  const auth = authOf(site);
  const browser = new Browser();
  await logIn(auth, "query", browser);
  await site.admin({ members }).members.bulkBlockMembers({ loginEmail: ANN });
  const form = await browser.submit(await loginUrl(auth), loginForm(ANN));
  assertEquals(form.status, 400);
  assertStringIncludes(form.text, "blocked");
  const silent = await loginUrl(auth, undefined, { prompt: "none" });
  assertMatch((await browser.get(silent)).location ?? "", /login_required/);
});

it.local("a logout discards the tokens, ends them at Wix, and [assumed] keeps other logins", async (site) => {
  const here = await site.member({ members });
  const there = await site.member({ members });
  const tokens = here.auth.getTokens();
  const { logoutUrl } = await here.auth.logout("http://localhost:8000/bye");
  assertEquals(here.auth.loggedIn(), false);
  const { location } = await new Browser().get(logoutUrl);
  assertEquals(location, "http://localhost:8000/bye");
  const late = site.visitor({ members }, tokens);
  await assertWixError(() => late.members.getCurrentMember(), 401);
  await assertRejects(() => late.auth.renewToken(tokens.refreshToken));
  assert((await there.members.getCurrentMember()).member?._id);
});

type Options = NonNullable<Parameters<IOAuthStrategy["getAuthUrl"]>[1]>;
type OauthData = ReturnType<IOAuthStrategy["generateOAuthData"]>;

function authOf(site: Site): IOAuthStrategy {
  return site.visitor({ members }).auth;
}

async function loginUrl(
  auth: IOAuthStrategy,
  data = auth.generateOAuthData(CALLBACK),
  options: Options = {},
): Promise<string> {
  const all = { responseMode: "query", ...options } as const;
  return (await auth.getAuthUrl(data, all)).authUrl;
}

/** Logs Ann in at the page; `redeem` exchanges the code that comes back. */
async function logIn(
  auth: IOAuthStrategy,
  responseMode: "query" | "fragment" = "query",
  browser = new Browser(),
) {
  const data = auth.generateOAuthData(CALLBACK);
  const url = await loginUrl(auth, data, { responseMode });
  const { location } = await browser.submit(url, loginForm(ANN));
  const { code, state } = auth.parseFromUrl(location ?? "", responseMode);
  const redeem = (changes: Partial<OauthData> = {}) =>
    auth.getMemberTokens(code, state, { ...data, ...changes });
  return { location: location ?? "", redeem };
}
