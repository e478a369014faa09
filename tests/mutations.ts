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
    ['&& error === "invalid_grant"', ""],
    ["isRefusal(response.status) && ", ""],
    ["lifetime > 0 &&", ""],
    ["lifetime <= MAX_LIFETIME_SECONDS", "true"],
    ["refreshToken = knownRefreshToken, ...token", "refreshToken, ...token"],
    ["if (refreshToken === undefined) throw", "if (false) throw"],
    ["askedAt + Math.floor(lifetime)", "Math.floor(lifetime)"],
    [
      "withoutBudget(() => session(grant, refreshToken))",
      "session(grant, refreshToken)",
    ],
    ["silentUntil = 0;\n        return", "return"],
    ["silentUntil = now() + SILENCE_SECONDS;", ""],
    ["&& isUnreachable(error.status)", ""],
    ["credentialsRefusal(error) ?? error", "error"],
    ["|| !isRefusal(refused.status)", ""],
    ["{ instance_id: instanceId }", "{}"],
  ]),
  ...inFile("lib/security/same_origin.ts", [
    ["origin === appOrigin && (site", "(site"],
    ['site === "same-origin" && (origin', "(origin"],
    ['(site === null || site === "none")', "true"],
    ["(origin === null || origin === appOrigin)", "true"],
  ]),
  ...inFile("lib/wix/api_url.ts", [
    ["text.startsWith(`${origin}/`)", "text.startsWith(origin)"],
    ["!hasPlainSegments(path) || ", ""],
    ["|| decode(url.pathname) !== decode(path)", ""],
    ["if (more.length > 0) return undefined;", ""],
    [", ...textsOf(body)]", "]"],
    ["...new URLSearchParams(query).values(), ", ""],
    ["[path, sent].some", "[path].some"],
    ["!NOT_IN_IDS.test(text)", "true"],
    ['text !== "" && ', ""],
  ]),
  ...inFile("lib/wix/backoff.ts", [
    ['url.pathname !== "/oauth2/token"', "true"],
    ['.replaceAll(GUID, "{id}")', ""],
    ["Math.min(wait, MAX_WAIT_MS)", "wait"],
    ["status === 503 && asked !== undefined", "status === 503"],
  ]),
  ...inFile("lib/wix/budget.ts", [
    ["if (underWay++ === 0) since", "underWay++;\n        since"],
    ["if (--underWay === 0) left", "left"],
    ["Math.min(own, outer.left())", "own"],
    ["storage.run(UNLIMITED, callback)", "callback()"],
    ["Promise.race([call(), end])", "call()"],
  ]),
  ...inFile("lib/wix/request_scope.ts", [
    [
      "withoutBudget(() => withBudget(BUDGET_MS, callback))",
      "withBudget(BUDGET_MS, callback)",
    ],
    ["consistent: undefined, calls", 'consistent: "x", calls'],
  ]),
  ...inFile("lib/wix/app_tokens.ts", [
    ["pending ??= request()", "pending = request()"],
    ["if (current?.accessToken === refused) current = undefined;", ""],
    ["next().catch(() => {});", ""],
    ["next().catch(() => {});", "await next();"],
  ]),
  ...inFile("lib/wix/sdk_clients.ts", [
    [
      "await withinBudget(() => session.accessToken())",
      "await session.accessToken()",
    ],
    [
      "await withinBudget(() => tokenSource().renew(sent))",
      "await tokenSource().renew(sent)",
    ],
    ["response.status === 401 && ", ""],
    ["&& !isApiKey(headers)", ""],
    ["Authorization: credentials.apiKey,", ""],
    ['"wix-site-id": credentials.siteId,', ""],
    [
      "headers.delete(CONSISTENT_HEADER);\n    if (scope?.",
      "if (scope?.",
      "no answer with the header reaches the SDK; this is the second lock",
    ],
    [
      "response.headers.delete(CONSISTENT_HEADER);",
      "",
      "the SDK's own header is taken off each request; this is the second lock",
    ],
    ["await withoutTokens(response)", "response"],
  ]),
  ...inFile("lib/wix/orders.ts", [
    ["memberId !== undefined && buyer !== memberId", "false"],
    ["if (!GUID.test(id)) return undefined;", ""],
    ["status === 403 || status === 404", "status === 404"],
    ["status === 403 || status === 404", "status !== 200"],
  ]),
  ...inFile("lib/errors/describe_error.ts", [
    ['reader === "developer" && ', ""],
    ["if (code === APP_CREDENTIALS_REFUSED) {", "if (false) {"],
    ["|| code === INVALID_ID", ""],
  ]),
  ...inFile("lib/errors/log_error.ts", [
    ["console.error(\n", "String(\n"],
    ["    redact(\n", "    String(\n"],
    ["error.cause === undefined", "true"],
    ["isKnown(error)\n    ?", "true\n    ?"],
  ]),
  ...inFile("lib/wix/door.ts", [
    ["if (url === undefined) {", "if (url === null) {"],
    ['redirect: "manual"', 'redirect: "follow"'],
    ['method === "GET" && passing', "passing"],
    ["budget.left() > MIN_TRY_MS &&", ""],
    ["if (budget.left() <= 0) {", "if (false) {"],
    ["Math.min(timeoutMs, budget.left())", "budget.left()"],
    ["if (backoff.isWaiting(endpoint)) {", "if (false) {"],
  ]),
];
