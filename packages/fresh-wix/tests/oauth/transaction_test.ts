import { assertEquals, assertExists } from "@std/assert";
import { getSetCookies } from "@std/http/cookie";
import type { CookieJar } from "../../src/http/cookies.ts";
import { randomToken } from "../../src/oauth/authorization_request.ts";
import {
  createTransactionStore,
  TRANSACTION_MAX_AGE_SECONDS,
} from "../../src/oauth/transaction.ts";
import { NOW, seal } from "../helpers/sessions.ts";

const store = createTransactionStore({ seal, secureCookies: true });

const transaction = () => ({
  state: randomToken(),
  codeVerifier: randomToken(),
  redirectUri: "https://app.example/api/auth/callback",
});
const jarOf = (received: CookieJar["received"] = {}): CookieJar => ({
  received,
  outgoing: new Headers(),
});

async function saved(
  now = NOW,
  received: CookieJar["received"] = {},
  { crossSite = false, returnUrl = "/account" } = {},
) {
  const pending = { ...transaction(), returnUrl };
  const jar = jarOf(received);
  await store.save(jar, pending, { now, crossSite });
  const cookies = getSetCookies(jar.outgoing);
  const kept = Object.fromEntries(
    cookies.filter(({ value }) => value !== "")
      .map(({ name, value }) => [name, value]),
  );
  return { pending, cookies, kept };
}

Deno.test("take() returns what save() kept, and expires it: used once", async () => {
  const { pending, kept } = await saved();
  const jar = jarOf(kept);
  assertEquals(await store.take(jar, pending.state, NOW), pending);
  const [cookie] = getSetCookies(jar.outgoing);
  assertEquals(cookie?.name, Object.keys(kept)[0]);
  assertEquals(Number(cookie?.expires), 0);
});

Deno.test("the cookie lives ten minutes and comes back from Wix's site", async () => {
  const { cookies: [cookie] } = await saved();
  assertExists(cookie);
  const { value: _value, name, ...attributes } = cookie;
  assertEquals(name.startsWith("__Host-wix_login."), true);
  assertEquals(attributes, {
    secure: true,
    httpOnly: true,
    sameSite: "Lax",
    path: "/",
    maxAge: 600,
  });
});

Deno.test("take() refuses a transaction of more than ten minutes ago", async () => {
  const { pending, kept } = await saved();
  const late = NOW + TRANSACTION_MAX_AGE_SECONDS;
  assertExists(await store.take(jarOf(kept), pending.state, late - 1));
  assertEquals(await store.take(jarOf(kept), pending.state, late), undefined);
});

const changes: [id: string, change: (state: string) => string][] = [
  ["C1 no state", () => ""],
  ["C4 another last character", (state) => `${state.slice(0, -1)}-`],
  ["C4 another case", (state) => state.toLowerCase()],
  ["C4 a space at the end", (state) => `${state} `],
  ["a state of another login", () => randomToken()],
];
for (const [id, change] of changes) {
  Deno.test(`take() refuses ${id}`, async () => {
    let { pending, kept } = await saved();
    while (change(pending.state) === pending.state) {
      ({ pending, kept } = await saved());
    }
    const taken = await store.take(jarOf(kept), change(pending.state), NOW);
    assertEquals(taken, undefined);
  });
}

Deno.test("take() refuses another attempt's cookie under this one's name (C17)", async () => {
  const mine = await saved();
  const other = await saved();
  const swapped = {
    [Object.keys(mine.kept)[0] ?? ""]: Object.values(other.kept)[0] ?? "",
  };
  const taken = await store.take(jarOf(swapped), mine.pending.state, NOW);
  assertEquals(taken, undefined);
});

/** Returns the cookies after a login was begun once more. */
function afterwards(
  held: Record<string, string>,
  { cookies }: Awaited<ReturnType<typeof saved>>,
): Record<string, string> {
  const all = Object.entries({
    ...held,
    ...Object.fromEntries(cookies.map(({ name, value }) => [name, value])),
  });
  return Object.fromEntries(all.filter(([, value]) => value !== ""));
}

const nameOf = (state: string) => `__Host-wix_login.${state.slice(0, 12)}`;

Deno.test("of twenty abandoned logins the five newest are kept (C12)", async () => {
  let held: Record<string, string> = {};
  const states: string[] = [];
  for (let index = 0; index < 20; index++) {
    const login = await saved(NOW + index, held);
    held = afterwards(held, login);
    states.push(login.pending.state);
  }
  assertEquals(
    Object.keys(held).sort(),
    states.slice(-5).map(nameOf).sort(),
  );
});

for (const returnUrl of ["/account", `/${"x".repeat(1_000)}`]) {
  Deno.test(`a login that the user began outlives five that other sites began, with a return URL of ${returnUrl.length} (N16)`, async () => {
    const { pending, kept } = await saved(NOW, {}, { returnUrl });
    let held = kept;
    for (let index = 1; index <= 5; index++) {
      const options = { crossSite: true, returnUrl };
      held = afterwards(held, await saved(NOW + index, held, options));
    }
    assertEquals(Object.keys(held).length <= 5, true);
    assertEquals(
      await store.take(jarOf(held), pending.state, NOW + 9),
      pending,
    );
  });
}

Deno.test("transactions are together under 4,096 bytes (C12)", async () => {
  let held: Record<string, string> = {};
  for (let index = 0; index < 5; index++) {
    const options = { returnUrl: `/${"x".repeat(1_000)}` };
    held = afterwards(held, await saved(NOW + index, held, options));
  }
  assertEquals(Object.keys(held).length, 2);
  const bytes = Object.entries(held).flat().join("").length;
  assertEquals(bytes <= 4_096, true, String(bytes));
});

Deno.test("of 2,300 forged login cookies one response expires 20 (N7b)", async () => {
  const forged = Object.fromEntries(
    Array.from({ length: 2_300 }, (_, index) => [
      nameOf(String(index).padStart(12, "0")),
      "x",
    ]),
  );
  const { cookies } = await saved(NOW, forged);
  const expired = cookies.filter(({ value }) => value === "");
  assertEquals(expired.length <= 20, true, String(expired.length));
});

Deno.test("names that are no cookie names are left alone, and throw nothing", async () => {
  const odd = Object.fromEntries(
    Array.from({ length: 9 }, (_, i) => [`__Host-wix_login.a@b${i}`, "x"]),
  );
  const { cookies } = await saved(NOW, odd);
  assertEquals(cookies.length, 1);
  const jar = jarOf(odd);
  assertEquals(await store.take(jar, "a@b1", NOW), undefined);
  assertEquals(jar.outgoing.getSetCookie(), []);
});

Deno.test("save() expires cookies that do not open before others", async () => {
  let held: Record<string, string> = {
    "__Host-wix_login.brokenbroken": "nonsense",
  };
  for (let i = 0; i < 4; i++) {
    held = { ...held, ...(await saved(NOW + i)).kept };
  }
  const { cookies } = await saved(NOW + 9, held);
  const expired = cookies.filter(({ value }) => value === "");
  assertEquals(expired.map(({ name }) => name), [
    "__Host-wix_login.brokenbroken",
  ]);
});
