import { assertEquals, assertExists } from "@std/assert";
import { getSetCookies } from "@std/http/cookie";
import type { CookieJar } from "../../src/http/cookies.ts";
import { randomToken } from "../../src/oauth/pkce.ts";
import {
  createTransactionStore,
  TRANSACTION_MAX_AGE_SECONDS,
} from "../../src/oauth/transaction.ts";

const NOW = 1_800_000_000;
const OPTIONS = {
  clientId: "00000000-0000-4000-8000-000000000001",
  sessionSecrets: ["a secret of at least thirty-two characters"],
  local: false,
};
const store = createTransactionStore(OPTIONS);

const transaction = () => ({
  state: randomToken(),
  codeVerifier: randomToken(),
  returnUrl: "/account",
  redirectUri: "https://app.example/api/auth/callback",
});
const jarOf = (received: CookieJar["received"] = {}): CookieJar => ({
  received,
  outgoing: new Headers(),
});

async function saved(now = NOW, received: CookieJar["received"] = {}) {
  const pending = transaction();
  const jar = jarOf(received);
  await store.save(jar, pending, now);
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
  ["a state of somebody else", () => randomToken()],
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

Deno.test("save() keeps the four newest others and expires the rest (C12)", async () => {
  let held: Record<string, string> = {};
  const states: string[] = [];
  for (let i = 0; i < 5; i++) {
    const { kept, pending } = await saved(NOW + i);
    held = { ...held, ...kept };
    states.push(pending.state);
  }
  const { cookies } = await saved(NOW + 9, held);
  const expired = cookies.filter(({ value }) => value === "");
  assertEquals(expired.map(({ name }) => name), [
    `__Host-wix_login.${states[0]?.slice(0, 12)}`,
  ]);
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

Deno.test("save() keeps all transactions together under 4,096 bytes (C12)", async () => {
  let held: Record<string, string> = {};
  for (let i = 0; i < 5; i++) {
    const pending = { ...transaction(), returnUrl: `/${"x".repeat(1_000)}` };
    const jar = jarOf(held);
    await store.save(jar, pending, NOW + i);
    for (const { name, value } of getSetCookies(jar.outgoing)) {
      held = { ...held, [name]: value };
    }
    held = Object.fromEntries(
      Object.entries(held).filter(([, value]) => value !== ""),
    );
  }
  const bytes = Object.entries(held).join("; ").length;
  assertEquals(bytes < 4_500, true, String(bytes));
  assertEquals(Object.keys(held).length, 2);
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
