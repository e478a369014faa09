/**
 * Deliberate mistakes in the modules that security rests on. Each is made
 * alone, in a copy; the unit tests have to notice it. `deno task mutate` runs
 * them.
 *
 * @module
 */

/** One mistake: `find` stands once in `file` and becomes `replace`. */
export interface Mutation {
  readonly file: string;
  readonly find: string;
  readonly replace: string;
  /** Why no test can notice it, when none can. */
  readonly harmless?: string;
}

const inFile = (
  file: string,
  changes: readonly (readonly [find: string, replace: string, why?: string])[],
): Mutation[] =>
  changes.map(([find, replace, harmless]) => ({
    file,
    find,
    replace,
    ...(harmless !== undefined && { harmless }),
  }));

/** Every mistake that is tried. */
export const MUTATIONS: readonly Mutation[] = [
  ...inFile("lib/session/seal.ts", [
    ["const [first] = await keys();", "const first = (await keys()).at(-1);"],
    ["id === header.kid", "id !== undefined"],
    ["currentDate: new Date(now * 1000)", "currentDate: new Date(0)"],
    ["/${clientId}/${cookieName}`", "/${cookieName}`"],
    ["/${clientId}/${cookieName}`", "/${clientId}`"],
    [".setExpirationTime(expiresAt)", ".setExpirationTime(expiresAt + 99)"],
    ["outdatedKey: used !== known[0]", "outdatedKey: false"],
    ["outdatedKey: used !== known[0]", "outdatedKey: used === known[0]"],
    ["} catch {\n        return undefined;", "} catch (e) {\n        throw e;"],
    ["bytes.encode(secret)", "bytes.encode(clientId)"],
    [
      'contentEncryptionAlgorithms: ["A256GCM"],',
      "",
      "the key is imported for AES-GCM with 256 bits and does nothing else",
    ],
    [
      'requiredClaims: ["exp", "iat"],',
      "",
      "nothing seals without them: seal() is the only way to make a value",
    ],
  ]),
  ...inFile("lib/session/claims.ts", [
    ["tokens === undefined || ", ""],
    ["!isText(id) || ", ""],
    ["isText(accessToken) && ", ""],
    ["isText(refreshToken) && ", ""],
    ["&& isUnixSeconds(expiresAt)", ""],
    ["Number.isInteger(value) && ", ""],
    ["Number(value) > 0 &&", ""],
    ["Number(value) <= MAX_UNIX_SECONDS", "true"],
    [
      "default:\n      return undefined;",
      'default:\n      return { kind: "visitor", ...session };',
    ],
  ]),
  ...inFile("lib/session/cookie.ts", [
    ['const SAME_SITE = "Lax"', 'const SAME_SITE = "None"'],
    ["httpOnly: true", "httpOnly: false"],
    [
      "secure: !local",
      "secure: false",
      "the cookie library forces Secure for names with the __Host- prefix",
    ],
    ['local ? "wix_session" : "__Host-wix_session"', '"wix_session"'],
    ["const CHUNK_LENGTH = 3_800", "const CHUNK_LENGTH = 8_000"],
    ["receivedParts(jar).length > 0", "false"],
    ["opened?.outdatedKey === true", "false"],
    ["!written.includes(part)", "false"],
    [
      "if (count > MAX_CHUNKS) return undefined;",
      "",
      "a fifth part is never written, so it is missing and refused",
    ],
    ["expire(jar, receivedParts(jar));\n    },", "},"],
    ["maxAge: Math.max(0, expiresAt - now)", "maxAge: 60"],
  ]),
  ...inFile("lib/session/session.ts", [
    ["tokens.expiresAt <= now", "tokens.expiresAt < now"],
    ["- RENEWAL_MARGIN_SECONDS", ""],
    ["- jitter * 60", ""],
    ["Math.min(", "Math.max("],
    ["now < renewAt", "now > renewAt"],
  ]),
  ...inFile("lib/session/markers.ts", [
    ["received[ended] === id", "false"],
    ["received[ended] === id", "received[ended] !== undefined"],
    ["received[doubt] === doubtValue(session)", "true"],
    ["received[doubt] === doubtValue(session)", "false"],
    ["`${id}.${tokens.expiresAt}`", "`${id}`"],
    ["httpOnly: true", "httpOnly: false"],
  ]),
  ...inFile("lib/session/request_session.ts", [
    ["this.#renewal ??= renewal()", "this.#renewal = renewal()"],
    ["if (this.#session === session) this.#replace({", "this.#replace({"],
    ["if (!(error instanceof InvalidGrantError)) throw error;", ""],
    ['if (session.kind === "visitor") return await this.#begin();', ""],
    ['if (session.kind === "visitor") return', "return"],
    ["if (!this.#options.doubted) {", "if (this.#options.doubted) {"],
    ["if (this.#session === session) this.signOut();", ""],
    ['state === "renewable" && this.#session === session', "false"],
    ['if (state === "fresh") return session.tokens.accessToken;', ""],
    ["this.#ended = this.#session;", ""],
    ["this.#inDoubt = session;", ""],
    ["this.#changed = true;", ""],
    ["session.tokens.accessToken !== refused", "false"],
    ['this.#session?.kind ?? "visitor"', '"member"'],
  ]),
  ...inFile("lib/session/single_flight.ts", [
    ["now() < known.until", "true"],
    ["now() < known.until", "false"],
    ["if (flights.size <= maxKept) break;", "break;"],
    ["isFinal?.(error) ? keep() : flights.delete(key)", "keep()"],
    ["isFinal?.(error) ? keep() : flights", "flights"],
    ["until: Infinity", "until: 0"],
  ]),
  ...inFile("lib/oauth/return_url.ts", [
    ['!path.startsWith("//") &&', ""],
    ["&& !UNSAFE.test(path)", ""],
    [
      "path.isWellFormed() &&",
      "",
      "the URL parser replaces a lone surrogate, so that decoding gives another text",
    ],
    [
      "url.origin === appOrigin &&",
      "",
      "isLocalPath() let nothing else come this far; this is the second lock",
    ],
    ["isLocalPath(decoded) &&", ""],
    ['!decoded.startsWith("/api/") &&', ""],
    [
      "isLocalPath(url.pathname)",
      "true",
      "what isLocalPath(decoded) lets through passes here too; a second lock",
    ],
    ["&& emitted.length <= MAX_LENGTH", ""],
    ["value.length === 1 ?", "value.length > 0 ?"],
    ["value.startsWith(`${appOrigin}/`)", "value.startsWith(appOrigin)"],
    ["appOrigin + safeReturnUrl(path, appOrigin)", "appOrigin + path"],
    ["return safeReturnUrl(referer, appOrigin);", "return HOME;"],
  ]),
  ...inFile("lib/oauth/transaction.ts", [
    ["isSameText(transaction.state, state)", "true"],
    [
      "deleteCookie(jar.outgoing, name, attributes);\n      const opened",
      "const opened",
    ],
    ["if (!STATE.test(state)) return undefined;", ""],
    ["newerOnes >= MAX_TRANSACTIONS - 1", "newerOnes >= MAX_TRANSACTIONS"],
    ["|| total > MAX_BYTES", ""],
    ["&& COOKIE_ID.test(name.slice(prefix.length))", ""],
    ["b.since - a.since", "a.since - b.since"],
    ["expiresAt: now + TRANSACTION_MAX_AGE_SECONDS", "expiresAt: now + 9_999"],
    ["httpOnly: true", "httpOnly: false"],
    ['sameSite: "Lax"', 'sameSite: "Strict"'],
  ]),
  ...inFile("lib/oauth/token_endpoint.ts", [
    ['&& fields.error === "invalid_grant"', ""],
    ["isRefusal(response.status) && ", ""],
    ["lifetime > 0 &&", ""],
    ["lifetime <= MAX_LIFETIME_SECONDS", "true"],
    ["refreshToken = knownRefreshToken, ...token", "refreshToken, ...token"],
    ["if (refreshToken === undefined) throw", "if (false) throw"],
    ["askedAt + Math.floor(lifetime)", "Math.floor(lifetime)"],
  ]),
  ...inFile("lib/security/same_origin.ts", [
    ["origin === appOrigin && (site", "(site"],
    ['site === "same-origin" && (origin', "(origin"],
    ['(site === null || site === "none")', "true"],
    ["(origin === null || origin === appOrigin)", "true"],
  ]),
  ...inFile("lib/wix/door.ts", [
    [
      'url.protocol !== "https:" || ',
      "",
      "the comparison of paths reads https URLs only; this is the second lock",
    ],
    ["!WIX_HOSTS.has(url.host)", "false"],
    ["url.pathname !== sentPath || ", ""],
    ['url.pathname.includes("//")', "false"],
    ['redirect: "manual"', 'redirect: "follow"'],
    ['method === "GET" && passing', "passing"],
    ["timeLeft() > MIN_TRY_MS &&", ""],
    ["if (backoff.isWaiting(endpoint)) {", "if (false) {"],
  ]),
];
