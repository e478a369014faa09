import { assertEquals, assertExists } from "@std/assert";
import { getSetCookies } from "@std/http/cookie";
import { createCookieJar } from "../../src/http/cookies.ts";
import { randomToken } from "../../src/oauth/authorization_request.ts";
import { createTransactionStore } from "../../src/oauth/transaction.ts";
import { NOW, received, seal } from "../helpers/sessions.ts";

type Cookies = Record<string, string>;

const store = createTransactionStore({ seal, secureCookies: true });
const nameOf = (state: string) => `__Host-wix_login.${state.slice(0, 12)}`;

/** Begins a login in a browser; returns what that does to its cookies. */
async function begun(
  now = NOW,
  cookies: Cookies = {},
  { crossSite = false, returnUrl = "/account" } = {},
) {
  const transaction = {
    state: randomToken(),
    codeVerifier: randomToken(),
    redirectUri: "https://app.example/api/auth/callback",
    returnUrl,
  };
  const jar = createCookieJar(cookies);
  await store.save(jar, transaction, { now, crossSite });
  const set = getSetCookies(jar.outgoing);
  const expired = set.filter(({ value }) => value === "")
    .map(({ name }) => name);
  const held = Object.fromEntries(
    Object.entries({ ...cookies, ...received(jar.outgoing) })
      .filter(([name]) => !expired.includes(name)),
  );
  return { transaction, set, expired, held };
}

const take = (cookies: Cookies, state: string, now = NOW) =>
  store.take(createCookieJar(cookies), state, now);

Deno.test("a login is taken once, within ten minutes, from its cookie after a redirect from Wix", async () => {
  const { transaction, held, set: [cookie] } = await begun();
  assertExists(cookie);
  const { value: _value, ...rest } = cookie;
  const name = nameOf(transaction.state);
  assertEquals(rest, {
    name,
    secure: true,
    httpOnly: true,
    sameSite: "Lax",
    path: "/",
    maxAge: 600,
  });
  const { state } = transaction;
  const jar = createCookieJar(held);
  assertEquals(await store.take(jar, state, NOW + 599), transaction);
  const [expired] = getSetCookies(jar.outgoing);
  assertEquals([expired?.name, Number(expired?.expires)], [name, 0]);
  assertEquals(await take(held, state, NOW + 600), undefined);
});

const changes: [id: string, change: (state: string) => string][] = [
  ["C1 no state", () => ""],
  ["C4 another last character", (state) => `${state.slice(0, -1)}~`],
  ["C4 a last character more", (state) => `${state}a`],
  ["C4 another end", (state) => state.slice(0, 12) + randomToken().slice(12)],
  ["C4 a space at the end", (state) => `${state} `],
  ["a state of another login", () => randomToken()],
];
for (const [id, change] of changes) {
  Deno.test(`take() refuses ${id}`, async () => {
    const { transaction, held } = await begun();
    assertEquals(await take(held, change(transaction.state)), undefined);
  });
}

Deno.test("take() refuses another attempt's cookie under this one's name (C17)", async () => {
  const { transaction: { state } } = await begun();
  const [value = ""] = Object.values((await begun()).held);
  assertEquals(await take({ [nameOf(state)]: value }, state), undefined);
});

Deno.test("of twenty abandoned logins the five newest are kept (C12)", async () => {
  let held: Cookies = {};
  const names: string[] = [];
  for (let index = 0; index < 20; index++) {
    const login = await begun(NOW + index, held);
    held = login.held;
    names.push(nameOf(login.transaction.state));
  }
  assertEquals(Object.keys(held).sort(), names.slice(-5).sort());
});

const LONG = `/${"x".repeat(1_000)}`;
for (const returnUrl of ["/account", LONG]) {
  Deno.test(`a login that the user began outlives five that other sites began, with a return URL of ${returnUrl.length} (N16), in 4,096 bytes together (C12)`, async () => {
    let { transaction, held } = await begun(NOW, {}, { returnUrl });
    for (let index = 1; index <= 5; index++) {
      const options = { crossSite: true, returnUrl };
      ({ held } = await begun(NOW + index, held, options));
    }
    assertEquals(
      Object.keys(held).length <= (returnUrl === LONG ? 2 : 5),
      true,
    );
    assertEquals(Object.entries(held).flat().join("").length <= 4_096, true);
    assertEquals(await take(held, transaction.state, NOW + 9), transaction);
  });
}

Deno.test("of 2,300 forged login cookies one response expires 20 (N7b)", async () => {
  const forged = Array.from({ length: 2_300 }, (_, index) => [
    nameOf(String(index).padStart(12, "0")),
    "x",
  ]);
  const { expired } = await begun(NOW, Object.fromEntries(forged));
  assertEquals(expired.length <= 20, true);
});

Deno.test("invalid cookie names are ignored, without throwing", async () => {
  const odd = Object.fromEntries(
    Array.from({ length: 9 }, (_, index) => [nameOf(`a@b${index}`), "x"]),
  );
  assertEquals((await begun(NOW, odd)).expired, []);
  const jar = createCookieJar(odd);
  assertEquals(await store.take(jar, "a@b1", NOW), undefined);
  assertEquals(jar.outgoing.getSetCookie(), []);
});

Deno.test("cookies that do not open are expired before others", async () => {
  let held: Cookies = { [nameOf("brokenbroken")]: "nonsense" };
  for (let index = 0; index < 4; index++) {
    ({ held } = await begun(NOW + index, held));
  }
  const { expired } = await begun(NOW + 9, held);
  assertEquals(expired, [nameOf("brokenbroken")]);
});
