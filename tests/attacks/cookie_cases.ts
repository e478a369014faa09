/**
 * Session cookies that are not what the app set.
 *
 * @module
 */
import { base64url } from "jose";
import { createSeal } from "@/packages/fresh-wix/src/session/seal.ts";
import {
  ABSOLUTE_LIFETIME_SECONDS,
  IDLE_LIFETIME_SECONDS,
  type MemberSession,
  type Session,
} from "@/packages/fresh-wix/src/session/session.ts";
import { forge, withHeader } from "./forge.ts";
import {
  bigSession,
  cookieLine,
  cookieNameOf,
  cookieNames,
  sealedParts,
  type SealingOptions,
} from "./sealed_cookies.ts";

/** What must become of a row:
 * - `none`: there is no cookie of ours, so nothing is set and nothing expires,
 * - `refused`: a new visitor, and the cookie expires in the same answer,
 * - `own`: the session is there, unchanged,
 * - `resealed`: the same as `own`, and the cookie is written anew,
 * - `own, other expired`: the same as `own`, and one cookie expires,
 * - `own or refused`: either.
 */
export type CookieOutcome =
  | "none"
  | "refused"
  | "own"
  | "resealed"
  | "own, other expired"
  | "own or refused";

/** One request's cookies. */
export interface CookieRow {
  /** Row of the catalogue. */
  readonly id: string;
  readonly title: string;
  /** Values of the `Cookie` header lines. */
  readonly lines: readonly string[];
  readonly outcome: CookieOutcome;
}

/** The app whose cookies they pretend to be, and two of its sessions. */
export interface CookieRowsOptions extends SealingOptions {
  /** The secret before it, which still opens. */
  readonly previousSecret: string;
  readonly own: MemberSession;
  readonly other: MemberSession;
}

/** Returns the rows. */
export async function cookieRows(
  options: CookieRowsOptions,
): Promise<CookieRow[]> {
  const { clientId, local, secret, previousSecret, own, other, now } = options;
  const { pointer, visitor: visitorName } = cookieNames(local);
  const name = cookieNameOf(own, local);
  const purpose = { secret, clientId, cookieName: name };
  const claims = { ...own, iat: now, exp: now + 3_600 };
  const only = async (session: Session, changed: Partial<CookieRowsOptions>) =>
    (await sealedParts(session, { ...options, ...changed }))
      .get(cookieNameOf(session, local)) ?? "";
  const value = await only(own, {});
  const otherValue = await only(other, {});
  const big = await sealedParts(bigSession(own, 6_000), options);
  big.delete(pointer);
  const bigWithout = (part: string) =>
    cookieLine([...big].filter(([candidate]) => candidate !== part));

  const rows: CookieRow[] = [];
  const row = (
    id: string,
    title: string,
    cookies: string | readonly string[],
    outcome: CookieOutcome = "refused",
  ) =>
    rows.push({
      id,
      title,
      // The pointer names the session, whatever has become of its cookie.
      lines: [cookies].flat().map((line, index) =>
        index === 0 ? `${pointer}=${own.id}; ${line}` : line
      ),
      outcome,
    });
  const valued = (
    id: string,
    title: string,
    text: string,
    outcome?: CookieOutcome,
  ) => row(id, title, `${name}=${text}`, outcome);

  valued("T0", "a genuine cookie", value, "own");
  row("T0", "a genuine cookie in parts", bigWithout(""), "own");
  valued("T0", "one sealed by this file", await forge(claims, purpose), "own");
  row("T1", "no cookie", [], "none");
  valued("T2", "an empty value", "");

  const json = JSON.stringify(claims);
  valued("T4", "unsealed JSON", json);
  valued("T4", "unsealed JSON, percent-encoded", encodeURIComponent(json));
  valued("T4", "unsealed JSON, base64url", base64url.encode(json));

  const parts = value.split(".");
  [0.1, 0.5, 0.95].forEach((place, third) => {
    const at = Math.floor(value.length * place);
    const flipped = String.fromCharCode(value.charCodeAt(at) ^ 1);
    valued(
      "T5",
      `a bit flipped in third ${third + 1}`,
      value.slice(0, at) + flipped + value.slice(at + 1),
    );
  });
  const withPart = (index: number, text: string) =>
    parts.map((part, at) => at === index ? text : part).join(".");
  valued("T6", "another nonce", withPart(2, "AAAAAAAAAAAAAAAA"));
  valued("T6", "an empty nonce", withPart(2, ""));
  valued("T8", "no ciphertext", withPart(3, ""));
  valued("T8", "no tag", withPart(4, ""));
  for (const length of [1, 20, value.length >> 1, value.length - 1]) {
    valued("T9", `cut at ${length}`, value.slice(0, length));
  }
  for (let count = 1; count <= 7; count++) {
    valued(
      "T10",
      `${count} characters appended`,
      value + "A".repeat(count),
      "own or refused",
    );
  }
  const disguises: [string, string][] = [
    ["+/ for -_", value.replaceAll("-", "+").replaceAll("_", "/")],
    ["padding", `${value}==`],
    ["quotes", `"${value}"`],
    ["percent-encoded", encodeURIComponent(value).replaceAll(".", "%2E")],
  ];
  for (const [title, text] of disguises) {
    valued("T12", title, text, "own or refused");
  }

  valued(
    "T13",
    "sealed with another key",
    await only(own, { secret: "somebody else's secret of many characters" }),
  );
  valued(
    "T14",
    "sealed with the previous key",
    await only(own, { secret: previousSecret }),
    "resealed",
  );
  for (
    const kid of ["__proto__", "constructor", "toString", "k".repeat(10_240)]
  ) {
    const title = `key id ${kid.slice(0, 12)}`;
    valued(
      "T16",
      `${title} in a genuine value`,
      withHeader(value, { alg: "dir", enc: "A256GCM", kid }),
    );
    valued(
      "T16",
      `${title}, sealed with the right key`,
      await forge(claims, { ...purpose, kid }),
    );
  }
  const headers: Record<string, unknown>[] = [
    { alg: "none" },
    { alg: "dir", enc: "A256GCM" },
    { alg: "dir", enc: "A256GCM", kid: null },
    { alg: "dir", enc: "none", kid: "x" },
    { alg: "PBES2-HS256+A128KW", enc: "A256GCM", p2c: 2 ** 31, p2s: "x" },
    { alg: "dir", enc: "A256GCM", kid: "x", zip: "DEF" },
    { alg: "dir", enc: "A256GCM", kid: "x", crit: ["x"] },
  ];
  for (const header of headers) {
    valued(
      "T16",
      `header ${JSON.stringify(header)}`,
      withHeader(value, header),
    );
  }
  for (const version of ["0", "99", "NaN", ""]) {
    valued(
      "T17",
      `version ${version || "missing"}`,
      await forge(claims, { ...purpose, version }),
    );
  }
  for (const cookieName of ["wix_login.", "__Host-wix_login."]) {
    valued(
      "T18",
      `a value of ${cookieName}`,
      await forge(claims, { ...purpose, cookieName }),
    );
    const seal = createSeal({ sessionSecrets: [secret], clientId });
    valued(
      "T18",
      `a value of ${cookieName}, by the app's own seal`,
      await seal.seal({ ...own }, {
        cookieName,
        now,
        expiresAt: now + 3_600,
      }),
    );
  }
  valued(
    "T18",
    "the value of a cookie with another prefix",
    await forge(claims, {
      ...purpose,
      cookieName: cookieNameOf(own, !local),
    }),
  );
  const visitorValue = await only({
    kind: "visitor",
    id: "session-visitor1",
    tokens: own.tokens,
    startedAt: own.startedAt,
  }, {});
  valued("T18", "a visitor's cookie in the member's", visitorValue);
  valued(
    "T18",
    "a visitor's session, sealed for the member's cookie",
    await forge({ ...claims, kind: "visitor" }, purpose),
  );
  row("T18", "a member's cookie in the visitor's", `${visitorName}=${value}`);
  row(
    "T18",
    "a member's session, sealed for the visitor's cookie",
    `${visitorName}=${await forge(claims, {
      ...purpose,
      cookieName: visitorName,
    })}`,
  );
  row(
    "T18",
    "a visitor's cookie beside the member's",
    `${visitorName}=${visitorValue}; ${name}=${value}`,
    "own, other expired",
  );
  valued(
    "T20",
    "a session of another app with this secret",
    await only(own, { clientId: "00000000-0000-4000-8000-00000000000b" }),
  );
  valued(
    "T21",
    "past its absolute lifetime",
    await only(
      { ...own, startedAt: now - ABSOLUTE_LIFETIME_SECONDS - 10 },
      { now: now - 60 },
    ),
  );
  valued(
    "T22",
    "idle for too long",
    await only(own, { now: now - IDLE_LIFETIME_SECONDS - 10 }),
  );

  for (const payload of [null, [1], "x", 5, {}]) {
    valued(
      "T24",
      `sealed ${JSON.stringify(payload)}`,
      await forge(payload, purpose),
    );
  }
  for (const exp of [undefined, "soon", -1, null]) {
    valued(
      "T24",
      `sealed with the end ${exp}`,
      await forge({ ...claims, exp }, purpose),
    );
  }
  for (const expiresAt of [NaN, "soon", "1e10", -1, 0, 1.5, 1e18, null]) {
    valued(
      "T25",
      `tokens that expire at ${JSON.stringify(expiresAt)}`,
      await forge(
        { ...claims, tokens: { ...own.tokens, expiresAt } },
        purpose,
      ),
    );
  }
  for (const kind of ["admin", "Member", "", null, 5, ["member"]]) {
    valued(
      "T26",
      `kind ${JSON.stringify(kind)}`,
      await forge({ ...claims, kind }, purpose),
    );
  }
  valued(
    "T26",
    "roles that the app does not know, beside its own",
    await forge({ ...claims, role: "admin", elevated: true }, purpose),
    "own",
  );

  const twice = (first: string, last: string) =>
    `${name}=${first}; ${name}=${last}`;
  row("T28", "garbage, then ours", twice("garbage", value), "own");
  row("T28", "ours, then garbage", twice(value, "garbage"));
  row("T28", "another's, then ours", twice(otherValue, value), "own");
  row("T28", "ours, then another's", twice(value, otherValue));
  row(
    "T28",
    "the first part of another's",
    `${cookieLine(big)}; ${name}=${otherValue}`,
  );
  row(
    "T29",
    "two lines, ours last",
    [`${name}=garbage`, `${name}=${value}`],
    "own",
  );
  row(
    "T29",
    "two lines, ours first",
    [`${name}=${value}`, `${name}=garbage`],
  );
  row(
    "T29",
    "the parts in two lines",
    [...big].map((part) => cookieLine([part])),
    "own",
  );

  for (const part of big.keys()) {
    row("T30", `without ${part}`, bigWithout(part));
  }
  const first = big.get(name) ?? "";
  for (const count of ["0", "1", "9", "99", "-1", "1e1", "%32"]) {
    row(
      "T30",
      `${count} parts announced`,
      cookieLine(new Map([...big, [name, first.replace(/^\d/, count)]])),
    );
  }
  for (const index of ["007", "-1", "999999", "01", "1e0", "__proto__"]) {
    row(
      "T30",
      `part ${index} for part 1`,
      `${bigWithout(`${name}.1`)}; ${name}.${index}=${big.get(`${name}.1`)}`,
    );
    row("T30", `a stray part ${index}`, `${name}.${index}=x`, "none");
  }
  row(
    "T30",
    "part 1 for part 2",
    cookieLine([
      [name, first],
      [`${name}.1`, big.get(`${name}.2`) ?? ""],
      [`${name}.2`, big.get(`${name}.1`) ?? ""],
    ]),
  );
  row(
    "T30",
    "a thousand parts",
    cookieLine(
      Array.from({ length: 1_000 }, (_, index) => [`${name}.${index}`, "x"]),
    ),
  );

  const twin = cookieNameOf(own, !local);
  row(
    "T32",
    "the unprefixed (or prefixed) twin alone",
    `${twin}=${value}`,
    "none",
  );
  row(
    "T32",
    "the twin after ours",
    `${name}=${value}; ${twin}=${otherValue}`,
    "own",
  );
  for (const sibling of [`${name}-x`, `${name}x`, `${name}.x`, `x${name}`]) {
    row("T33", `${sibling} alone`, `${sibling}=${value}`, "none");
  }
  row(
    "T33",
    "a sibling after ours",
    `${name}=${value}; ${name}-x=${otherValue}`,
    "own",
  );

  const filler = Array.from(
    { length: 1_700 },
    (_, index) => `f${index}=abcdefghij`,
  )
    .join("; ");
  row("T34", "32 KB of other cookies", filler, "none");
  row(
    "T34",
    "32 KB of other cookies and ours",
    `${filler}; ${name}=${value}`,
    "own",
  );
  valued("T34", "32 KB of value", "a".repeat(32_000));

  for (
    const noise of ["=x", "a=b;", ";;;", "=", " = ; =", "a", "\u00e9=\u00e9"]
  ) {
    row(
      "T34",
      `noise ${noise} beside ours`,
      `${noise}; ${name}=${value}`,
      "own",
    );
  }
  return rows;
}
