import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { absoluteReturnUrl, safeReturnUrl } from "../src/oauth/return_url.ts";
import { list, tryEach, tryGenerated } from "./helpers/attack.ts";
import { type AttackedApp, testsOfApp } from "./helpers/attacked_app.ts";
import { assertLocation, redirectRows } from "./helpers/redirect_rows.ts";
import { WireJar, type WireResponse } from "@/tests/helpers/wire.ts";

const ORIGIN = "https://app.example";
const PIECES = [
  ...list(`/ // \\ . .. /. /.. : @ ? # ; a %2f %2F %5c %2e %00 %09 %0a %25 %zz
    evil.com api/auth/logout https: http: javascript: blob: ${ORIGIN}
    app.example caf\u00e9 \u3002 \uff0f \u2044 \u202e`),
  ...["\t", "\n", "\r", "\0", " ", "\ud800", "\ufeff"],
];
const ENCODINGS = {
  raw: (value: string) => value,
  encoded: encodeURIComponent,
  "encoded twice": (value: string) =>
    encodeURIComponent(encodeURIComponent(value)),
};
const test = testsOfApp();

test("G1 R44: no return URL made of hostile pieces leads off origin", async () => {
  const url = fc.tuple(
    fc.constantFrom("/", "/", ""),
    fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 6 }),
  ).map(([first, pieces]) => first + pieces.join(""));
  await tryGenerated(20_000, url, (value) => {
    const path = safeReturnUrl(value, ORIGIN);
    assertLocation(absoluteReturnUrl(path, ORIGIN), ORIGIN);
  });
});

test("G1 R1–R44 R46: return URLs, raw and encoded, at login, logout and both callbacks", async (attacked) => {
  const rows = Object.entries(ENCODINGS).flatMap(([name, encode]) =>
    redirectRows(attacked.origin).map(({ id, value, leadsTo }) =>
      [`${id} ${value} ${name}`, value, leadsTo, encode] as const
    )
  );
  await tryEach(rows, async ([, value, leadsTo, encode]) => {
    const written = encode(value);
    const seen = new URLSearchParams(`v=${written.split("#")[0]}`).get("v");
    await tryExits(attacked, {
      loginQuery: `returnToUrl=${written}`,
      callbackQuery: `returnTo=${written}`,
      path: seen === value ? leadsTo : undefined,
    });
  });
});

test("G1 R45: return URLs given twice, as a list and in the Referer lead home", async (attacked) => {
  const { origin } = attacked;
  const queries = list(`
    NAME=/a&NAME=//evil.com NAME=//evil.com&NAME=/a NAME=/a&NAME=/a
    NAME[]=//evil.com NAME%5B%5D=//evil.com NAME[0]=//evil.com&NAME[1]=/a`);
  const referers = list(`https://evil.com/ ${origin}.evil.com/ javascript:x
    ${origin}@evil.com/ ${origin}//evil.com ${origin}/\\evil.com`);
  await tryEach([...queries, ...referers], async (row) => {
    const query = row.includes("NAME") ? row : "";
    await tryExits(attacked, {
      loginQuery: query.replaceAll("NAME", "returnToUrl"),
      callbackQuery: query.replaceAll("NAME", "returnTo"),
      path: "/",
      headers: query === "" ? [`Referer: ${row}`] : [],
    });
  });
});

/** Asserts that every way out leads to `path`, or at least to a page of ours. */
async function tryExits(
  attacked: AttackedApp,
  { loginQuery, callbackQuery, path, headers = [] }: {
    loginQuery: string;
    callbackQuery: string;
    path: string | undefined;
    headers?: readonly string[];
  },
): Promise<void> {
  const { origin } = attacked;
  // HTTP forbids these in a request line: they may be refused by the server.
  const mayBeRefused = /[^!-~]/.test(loginQuery);
  const judge = ({ status, headers }: WireResponse) => {
    if (mayBeRefused && status === 400) return;
    assertEquals(status, 302);
    assertLocation(headers.get("location"), origin, path);
  };
  const jar = new WireJar();
  const login = { target: `/api/auth/login?${loginQuery}`, headers };
  const isRefused = mayBeRefused && (await attacked.send(login)).status === 400;
  if (!isRefused) {
    const query = loginQuery;
    const pending = await attacked.pending(jar, { query, headers });
    assertEquals(pending.callback.origin, origin);
    judge(await attacked.send({ jar, target: pending.target }));
  }
  const logout = {
    method: "POST",
    target: `/api/auth/logout?${loginQuery}`,
    headers: [`Origin: ${origin}`, ...headers],
  };
  judge(await backFromWix(attacked, await attacked.send({ jar, ...logout })));
  judge(await attacked.send(logout));
  const target = `/api/auth/logout-callback?${callbackQuery}`;
  judge(await attacked.send({ target, headers }));
}

/** Wix's logout page sends the browser to our logout callback. */
async function backFromWix(
  attacked: AttackedApp,
  logout: WireResponse,
): Promise<WireResponse> {
  const location = logout.headers.get("location") ?? "";
  if (!location.includes("/_pages/logout?")) return logout;
  const response = await fetch(location, { redirect: "manual" });
  await response.body?.cancel();
  const { pathname, search } = new URL(response.headers.get("location") ?? "");
  return await attacked.send({ target: pathname + search });
}
