/**
 * Deliberate mistakes in the modules that security rests on. Each is made
 * alone, in a copy; the tests have to notice it. `deno task mutate` runs them,
 * with files behind it only those that are made there.
 *
 * @module
 */

/** One mistake: `find` stands once in `file` and becomes `replace`. */
export interface Mutation {
  readonly file: string;
  readonly find: string;
  readonly replace: string;
  /** The tests that have to notice it. Default those of `lib/`. */
  readonly tests?: string;
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

/** Mistakes that the tests in `tests` have to notice. */
const noticedBy = (tests: string, mutations: readonly Mutation[]) =>
  mutations.map((mutation) => ({ ...mutation, tests }));

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
  ...inFile("lib/http/front_door.ts", [
    ["!METHODS.includes(request.method)", "false"],
    ["!HOST.test(host)", "false"],
    ["[a-z0-9._~-]+", "[^/]+"],
    ["[a-z0-9._~-]+", "[a-z0-9.-]+"],
    ["if (url === undefined) return bare(400);", "if (!url) throw 1;"],
    ["asksForPage(request) && ", ""],
    ['method === "GET" &&', ""],
    ["isLoopback(own) && ", ""],
    ["&& isLoopback(hostname)", ""],
    ["own !== hostname", "false"],
    ["appOrigin + url.pathname", "url.origin + url.pathname"],
  ]),
  ...inFile("lib/http/missing_file.ts", [
    ["FILES_ONLY.test(ctx.url.pathname)", "false"],
    ["FILES_ONLY.test(ctx.url.pathname)", "true"],
    ["|favicon\\.ico$", ""],
  ]),
  ...inFile("lib/config/read_config.ts", [
    ["secret.length < MIN_SECRET_LENGTH", "false"],
    ["new Set(secret).size < MIN_SECRET_CHARACTERS", "false"],
    [": weaknessOf(derived)", ": undefined"],
    ["wixApiOrigin !== undefined && !local", "false"],
    ['appOrigin?.startsWith("http:") && !local', "false"],
    ["!onDeploy &&", ""],
  ]),
  ...noticedBy("tests/flows/production_test.ts", [
    ...inFile("lib/wix/middleware.ts", [
      ["config.local && calls.length", "calls.length"],
    ]),
    ...inFile("routes/_middleware.ts", [
      ["  wixClient,\n  errorBoundary,", "  errorBoundary,\n  wixClient,"],
    ]),
    ...inFile("lib/config.ts", [
      ["if (!(error instanceof Deno.errors.NotCapable)) throw", "throw"],
    ]),
  ]),
  ...noticedBy("tests/flows/renewal_test.ts", [
    ...inFile("lib/errors/error_boundary.tsx", [
      ["if (reference !== undefined) {", "if (false) {"],
    ]),
  ]),
  // D10: the steps of a request in another order, or left out.
  ...noticedBy("tests/flows/visitor_test.ts", [
    ...inFile("main.ts", [
      [".use(staticFiles())\n", ""],
    ]),
    ...inFile("routes/_middleware.ts", [
      ["  session,\n  wixClient,", "  wixClient,\n  session,"],
      ["  errorBoundary,\n]", "]"],
    ]),
  ]),
  ...noticedBy("tests/flows/login_test.ts", [
    ...inFile("main.ts", [
      ["frontDoor(handler(), config.appOrigin)", "handler()"],
    ]),
  ]),
  ...noticedBy("tests/tools/serve_test.ts", [
    ...inFile("tools/serve.ts", [
      ['`--allow-net=${hosts.join(",")}`', '"--allow-net"'],
      ["[hostAndPort(wix)]", "[new URL(wix).hostname]"],
      ["`--allow-read=${root}_fresh,${root}node_modules`", '"--allow-read"'],
      ['`--allow-env=${VARIABLES.join(",")}`', '"--allow-env"'],
      ['DEFAULT_HOST = "127.0.0.1"', 'DEFAULT_HOST = "0.0.0.0"'],
      ["checkSettings(env, addressProblems(host, PORT));", ""],
      ["addressProblems(host, PORT)", "[]"],
    ]),
  ]),
  ...noticedBy("tests/tools/build_test.ts", [
    ...inFile("tools/build.ts", [
      ["last === await buildKey(packages, root)", "true"],
      ["last === await buildKey(packages, root)", "false"],
      ['  "routes",\n', ""],
      ["if (built) await", "await"],
    ]),
  ]),
  ...noticedBy("tests/tools/processes_test.ts", [
    ...inFile("tools/processes.ts", [
      ["      assertFreeOnIpv6(port);\n", ""],
      ["first.code || 1", "0"],
      ["if (!asked) {", "if (asked) {"],
    ]),
  ]),
  ...noticedBy("tests/tools/vite_wix_packages_test.ts", [
    ...inFile("tools/vite_wix_packages.ts", [
      ["ELEVATING_PACKAGE.test(path)", "false"],
      ["roots = [root, realpathSync(root)]", "roots = [Deno.cwd()]"],
      ['path.replaceAll("\\\\", "/")', "path"],
      ['  "components/",\n', '  "components/",\n  "lib/",\n'],
      ["posix.normalize(path.slice(at + folder.length))", "path.slice(at + 5)"],
      ["path.toLowerCase().indexOf", "path.indexOf"],
      [
        "const problem = serverCodeProblem(id, roots);",
        "const problem = undefined;",
      ],
    ]),
  ]),
];
