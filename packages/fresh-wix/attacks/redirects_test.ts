import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { safeReturnUrl } from "../src/oauth/return_url.ts";
import { list, tryEach, tryGenerated } from "./helpers/attack.ts";
import { type AttackedApp, testsOfApp } from "./helpers/attacked_app.ts";
import { assertLocation, redirectRows } from "./helpers/redirect_rows.ts";
import { redirectOf } from "@/tests/helpers/wire_login.ts";
import { WireJar, type WireResponse } from "@/tests/helpers/wire.ts";

const ORIGIN = "https://app.example";
const PIECES = [
  ...list(`/ // \\ . .. /. /.. : @ ? # ; a %2f %2F %5c %2e %00 %09 %0a %25 %zz
    evil.com api/auth/logout https: http: javascript: blob: ${ORIGIN}
    app.example caf\u00e9 \u3002 \uff0f \u2044 \u202e`),
  ...["\t", "\n", "\r", "\0", " ", "\ud800", "\ufeff"],
];
const encode = (value: string, times: number): string =>
  times === 0 ? value : encodeURIComponent(encode(value, times - 1));
const test = testsOfApp();

test("G1 R44: no hostile return URL redirects to another origin", async () => {
  const url = fc.tuple(
    fc.constantFrom("/", "/", ""),
    fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 6 }),
  ).map(([first, pieces]) => first + pieces.join(""));
  await tryGenerated(20_000, url, (value) => {
    const path = safeReturnUrl(value, ORIGIN);
    assertLocation(ORIGIN + path, ORIGIN);
  });
});

test("G1 R1–R44 R46: return URLs, raw and encoded, at login, logout and both callbacks", async (attacked) => {
  const rows = redirectRows(attacked.origin).flatMap(({ id, value, leadsTo }) =>
    [0, 1, 2].map((times) => [`${id} ${value}`, value, leadsTo, times] as const)
  );
  await tryEach(rows, async ([, value, leadsTo, times]) => {
    const written = encode(value, times);
    const seen = new URLSearchParams(`v=${written.split("#")[0]}`).get("v");
    const path = seen === value ? leadsTo : undefined;
    await tryExits(attacked, `NAME=${written}`, path);
  });
});

test("G1 R45: return URLs given twice, as a list or in the Referer redirect to the home page", async (attacked) => {
  const { origin } = attacked;
  const queries = list(`
    NAME=/a&NAME=//evil.com NAME=//evil.com&NAME=/a NAME=/a&NAME=/a
    NAME[]=//evil.com NAME%5B%5D=//evil.com NAME[0]=//evil.com&NAME[1]=/a`);
  const referers = list(`https://evil.com/ ${origin}.evil.com/ javascript:x
    ${origin}@evil.com/ ${origin}//evil.com ${origin}/\\evil.com`);
  await tryEach([...queries, ...referers], async (row) => {
    if (row.includes("NAME")) await tryExits(attacked, row, "/");
    else await tryExits(attacked, "", "/", [`Referer: ${row}`]);
  });
});

/** Asserts that every way out leads to `path`, or at least to a page of ours. */
async function tryExits(
  { origin, logOut, pending, send }: AttackedApp,
  value: string,
  path: string | undefined,
  headers: readonly string[] = [],
): Promise<void> {
  // HTTP forbids these in a request line: they may be refused by the server.
  const mayBeRefused = /[^!-~]/.test(value);
  const judge = ({ status, headers }: WireResponse) => {
    if (mayBeRefused && status === 400) return;
    assertEquals(status, 302);
    assertLocation(headers.get("location"), origin, path);
  };
  const jar = new WireJar();
  const query = value.replaceAll("NAME", "returnToUrl");
  const login = { target: `/api/auth/login?${query}`, headers };
  if (!mayBeRefused || (await send(login)).status !== 400) {
    const { callback, target } = await pending(jar, { query, headers });
    assertEquals(callback.origin, origin);
    judge(await send({ jar, target }));
  }
  const logout = { target: `/api/auth/logout?${query}`, headers };
  const response = await logOut({ ...logout, jar });
  const page = response.headers.get("location") ?? "";
  if (page.includes("/_pages/logout?")) {
    const { pathname, search } = await redirectOf(response);
    judge(await send({ target: pathname + search }));
  } else judge(response);
  judge(await logOut(logout));
  const end = value.replaceAll("NAME", "returnTo");
  judge(await send({ target: `/api/auth/logout-callback?${end}`, headers }));
}
