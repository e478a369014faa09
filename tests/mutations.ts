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
    ["local ? NAMES[role] : `__Host-${NAMES[role]}`", "NAMES[role]"],
    ['visitor: "wix_session_visitor"', 'visitor: "wix_session"'],
    ["session?.kind !== kind", "session === undefined"],
    ["const CHUNK_LENGTH = 3_800", "const CHUNK_LENGTH = 8_000"],
    ["receivedParts(jar).length > 0", "false"],
    ["stale: opened.outdatedKey", "stale: false"],
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
    ["expiresAt - RENEWAL_MARGIN_SECONDS", "expiresAt"],
    ["- jitter * 60", ""],
    ["now + SETTLED_SECONDS, 1", "now, 0"],
    ["Math.min(", "Math.max("],
    ["now < renewsAt(tokens)", "now > renewsAt(tokens)"],
  ]),
  ...inFile("lib/session/markers.ts", [
    ["received[ended] === id", "false"],
    ["received[ended] === id", "received[ended] !== undefined"],
    ["of === id &&", "true &&"],
    ["expiresAt === String(tokens.expiresAt) &&", "true &&"],
    [" && Number(since) <= now", ""],
    ["now - since >= DOUBT_SECONDS", "true"],
    ["DOUBT_SECONDS = 10", "DOUBT_SECONDS = 60"],
    ["doubtedSince(jar, session, now) ?? now", "now"],
    ["MAX_AGE_SECONDS = IDLE_LIFETIME_SECONDS", "MAX_AGE_SECONDS = 600"],
    ["httpOnly: true", "httpOnly: false"],
  ]),
  ...inFile("lib/session/remembered_seal.ts", [
    ["|| opened.expiresAt <= now", ""],
    ["if (length <= maxLength) break;", "break;"],
    ["    forget(value);\n    remembered.set", "    remembered.set"],
    ["remembered.get(value)", "undefined"],
  ]),
  ...inFile("lib/session/request_session.ts", [
    ["const renewal = this.#renewals.get(id) ??", "const renewal ="],
    ["const id = session?.id;", "const id = undefined;"],
    ["if (this.#isStill(replaced)) {", "if (true) {"],
    ["if (this.#session?.id === session.id) {", "if (this.#session) {"],
    ["{ ...this.#session, tokens }", "{ ...session, tokens }"],
    ["if (!(error instanceof InvalidGrantError)) {", "if (false) {"],
    ['session.kind === "member" && isRefusal(error)', "false"],
    ['session.kind === "member" && isRefusal(error)', "isRefusal(error)"],
    ["!isUnreachable(error.status)", "true"],
    ['if (session.kind === "visitor") return await this.#begin(session);', ""],
    ['if (session.kind === "visitor") return', "return"],
    ["if (!this.#doubted) {", "if (this.#doubted) {"],
    ["    this.#doubted = false;\n", ""],
    ["if (error instanceof SessionEndedError) this.signOut();", ""],
    ["if (error instanceof SessionEndedError) this", "this"],
    ["if (!isSilent?.()) this", "this"],
    ["await Promise.allSettled(this.#renewals.values());", ""],
    ['      case "fresh":\n        return accessToken;\n', ""],
    ["this.#ended = this.#session;", ""],
    ['if (this.#session?.kind === "member") this.#ended', "this.#ended"],
    ["this.#inDoubt = session;", ""],
    ["this.#inDoubt = undefined;", ""],
    [": this.#options.expiresAt;", ": undefined;"],
    ["return this.#changed\n", "return !this.#changed\n"],
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
      "origin === appOrigin &&",
      "",
      "isLocalPath() let nothing else come this far; this is the second lock",
    ],
    ["if (pageUrl(decoded, appOrigin) === undefined) return HOME;", ""],
    ["!isLocalPath(path) ||", ""],
    ["isLocalPath(pathname) &&", ""],
    ['!pathname.startsWith("/api/")', "true"],
    ["emitted.length <= MAX_LENGTH ?", "true ?"],
    ["value.length === 1 ?", "value.length > 0 ?"],
    [
      "value.startsWith(`${appOrigin}/`)",
      "value.startsWith(appOrigin)",
      "isLocalPath() lets nothing through that does not begin with a slash",
    ],
    ["appOrigin + safeReturnUrl(path, appOrigin)", "appOrigin + path"],
    ["return safeReturnUrl(referer, appOrigin);", "return HOME;"],
  ]),
  ...inFile("lib/oauth/transaction.ts", [
    ["transaction.state === state", "true"],
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
    [": knownRefreshToken;", ": undefined;"],
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
  ...inFile("lib/oauth/login.ts", [
    ["...(preferences.idp &&", "...(false &&"],
    ["prompt: preferences.prompt", 'prompt: "login"'],
    ["transaction.codeVerifier)", "transaction.state)"],
    ['if (error === "login_required") return undefined;', ""],
    ['(tokens.accessToken) === "VISITOR"', '(tokens.accessToken) === "x"'],
    ["|| more.length > 0", ""],
    ['isOutage(cause) ? "unavailable" : "refused"', '"refused"'],
    [".catch(() => ({\n    member: undefined,\n  }))", ""],
  ]),
  ...inFile("lib/members/member_profile.ts", [
    [".slice(0, MAX_NAME_LENGTH)", ""],
  ]),
  ...inFile("lib/security/headers.ts", [
    ["useNonce: true", "useNonce: false"],
    ["withoutExceptions(policy, local)", "policy"],
    ['.replaceAll(" \'unsafe-inline\'", "")', ""],
    ["return local ? strict.replace", "return true ? strict.replace"],
    ["return local ? strict.replace", "return false ? strict.replace"],
    ["isPage && policy !== null", "policy !== null"],
    ['headers.set("Referrer-Policy", "same-origin");', ""],
    ['headers.set("X-Content-Type-Options", "nosniff");', ""],
    ["if (!local) {", "if (local) {"],
    [
      'headers.set("Strict-Transport-Security", "max-age=31536000");',
      "",
    ],
  ]),
  ...inFile("lib/security/resource_isolation.ts", [
    ["isWelcome(ctx.req, appOrigin) ?", "true ?"],
    [
      "if (!SAFE_METHODS.includes(method)) return",
      'if (method === "POST") return',
    ],
    ['method !== "OPTIONS" &&', ""],
    ['headers.get("sec-fetch-site") !== "cross-site"', "true"],
    ['headers.get("sec-fetch-mode") === "navigate" &&', ""],
    ['headers.get("sec-fetch-dest") === "document"', "true"],
    ["origin === appOrigin && (site", "(site"],
    ['site === "same-origin" && (origin', "(origin"],
    ['(site === null || site === "none")', "true"],
    ["(origin === null || origin === appOrigin)", "true"],
    [
      "if (appOrigin === undefined) return site",
      "if (!appOrigin) return true; site",
    ],
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
      "withOwnBudget(BUDGET_MS, callback)",
      "callback()",
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
      "Authorization: await withinBudget(() => session.accessToken())",
      "Authorization: await session.accessToken()",
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
  ...inFile("lib/wix/complete_answer.ts", [
    ["lengthOf(response) <= maxBytes", "true"],
    ["if (length > maxBytes) return undefined;", ""],
    ['length === null || headers.has("content-encoding")', "length === null"],
    ["offset += chunk.length;", ""],
  ]),
  ...inFile("lib/wix/stale_while_revalidate.ts", [
    ["age >= freshMs + staleMs", "false"],
    ["if (age >= freshMs) renew", "renew"],
    ["pending ??=", "pending ="],
  ]),
  ...inFile("lib/wix/orders.ts", [
    ["memberId !== undefined && buyer !== memberId", "false"],
    ["if (!isOrderId(id)) return undefined;", ""],
    ["status === 403 || status === 404", "status === 404"],
    ["status === 403 || status === 404", "status !== 200"],
  ]),
  ...inFile("lib/errors/describe_error.ts", [
    ['reader === "developer" && ', ""],
    ["if (code === APP_CREDENTIALS_REFUSED) {", "if (false) {"],
    ["|| code === INVALID_ID", ""],
  ]),
  ...inFile("lib/observe/wix_health.ts", [
    ["if (calls.length > LAST_CALLS) calls.shift();", ""],
    ["at > since", "true"],
    ["failed > 0 && ", ""],
    [">= lately.length", "> lately.length"],
  ]),
  ...inFile("lib/errors/error_summary.ts", [
    ["return redact(summary(error))", "return summary(error)"],
    ["error.cause === undefined", "true"],
    ["knownText(error) ?? error.stack", "error.stack"],
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
  ...inFile("lib/http/front_door.ts", [
    ["!METHODS.includes(request.method)", "false"],
    ["!HOST.test(host)", "false"],
    ["[a-z0-9._~-]+", "[^/]+"],
    ["[a-z0-9._~-]+", "[a-z0-9.-]+"],
    ["if (url === undefined) return bare(400);", "if (!url) throw 1;"],
    ["asksForPage(request) &&", ""],
    ['method === "GET" &&', ""],
    ["isLoopback(hostname) &&", ""],
    ["own.hostname !== hostname", "false"],
    ['own.protocol === "http:" && ', ""],
    ["ownUrl.origin + url.pathname", "url.origin + url.pathname"],
  ]),
  ...inFile("lib/http/missing_file.ts", [
    ["FILES_ONLY.test(pathname)", "false"],
    ["FILES_ONLY.test(pathname)", "true"],
    ["|favicon\\.ico$", ""],
  ]),
  ...inFile("lib/config/read_config.ts", [
    ["secret.length < MIN_SECRET_LENGTH", "false"],
    ["new Set(secret).size < MIN_SECRET_CHARACTERS", "false"],
    [": weaknessOf(derived)", ": undefined"],
    ["wixApiOrigin !== undefined && !local", "false"],
    ['appOrigin?.startsWith("http:") && !local', "false"],
    ["!onDeploy &&", ""],
    ['if (get("DENO_DEPLOY") === undefined) return false;', ""],
    ['timeline.startsWith("preview/") ||', ""],
    ['&& get("APP_ORIGIN") === undefined;', ";"],
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
  ...noticedBy("tests/flows/observe_test.ts", [
    ...inFile("lib/observe/request_log.ts", [
      ["status >= 400 || isNews(ctx)", "isNews(ctx)"],
      ["status >= 400 || isNews(ctx)", "true"],
      ['&& !PROBES.includes(route ?? "")', ""],
      ["isBuildFile(url) && ", ""],
    ]),
    ...inFile("lib/session/middleware.ts", [
      ["ctx.state.log.cookieRefused = opened.refused;", ""],
    ]),
    ...inFile("lib/wix/middleware.ts", [
      ["ctx.state.log.calls = calls;", ""],
    ]),
    ...inFile("lib/wix/door.ts", [
      ["if (!response.ok) markFailed(span);", ""],
    ]),
    ...inFile("lib/wix.ts", [
      ["wixHealth.observe(call.status);", ""],
    ]),
  ]),
  ...noticedBy("tests/flows/renewal_test.ts", [
    ...inFile("lib/observe/request_log.ts", [
      ["config.local ? textLine(entry) :", ""],
    ]),
    ...inFile("lib/errors/error_boundary.tsx", [
      ["if (!expected) log.error = error;", ""],
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
      [
        "return frontDoor(",
        "if (handler) return handler;\n  return frontDoor(",
      ],
    ]),
  ]),
  ...noticedBy("tests/tools/serve_test.ts", [
    ...inFile("tools/serve.ts", [
      ['`--allow-net=${hosts.join(",")}`', '"--allow-net"'],
      ["[hostAndPort(wix)]", "[new URL(wix).hostname]"],
      ["`--allow-read=${root}_fresh`", '"--allow-read"'],
      ['`--allow-env=${VARIABLES.join(",")}`', '"--allow-env"'],
      ['DEFAULT_HOST = "127.0.0.1"', 'DEFAULT_HOST = "0.0.0.0"'],
      ["checkSettings(env, addressProblems(host, PORT));", ""],
      ["addressProblems(host, PORT)", "[]"],
    ]),
  ]),
  ...noticedBy("tests/tools/build_test.ts", [
    ...inFile("tools/build.ts", [
      ["return last === await buildKey(packages, root)", "return true"],
      ["return last === await buildKey(packages, root)", "return false"],
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
    ...inFile("tools/server_code.ts", [
      ["elevating !== undefined", "false"],
      ["|@wix\\/sdk(?:@[^/]+)?\\/context", ""],
      ["SESSION_SECRET|WIX_API_KEY|WIX_CLIENT_SECRET", "WIX_API_KEY"],
      ['path.replaceAll("\\\\", "/")', "path"],
      ['  "components/",\n', '  "components/",\n  "lib/",\n'],
      ["posix.normalize(path.slice(at + folder.length))", "path.slice(at + 5)"],
      ["path.toLowerCase().indexOf", "path.indexOf"],
    ]),
    ...inFile("tools/vite_wix_packages.ts", [
      ["roots = [root, realpathSync(root)]", "roots = [Deno.cwd()]"],
      ["serverCodeProblem(id, roots) ??", "undefined ??"],
      ["findSecretName(code)?.problem", "undefined"],
      ["source === SDK_CONTEXT", "false"],
      ["plugins: () => [noServerCodeInIslands()]", "plugins: () => []"],
      ["await this.resolve(file, id) ?? {}", "{}"],
      ["\\bnew\\s+URL", "\\bnew URI"],
    ]),
  ]),
  ...noticedBy("tests/tools/lint_islands_test.ts", [
    ...inFile("tools/lint_islands.ts", [
      ["!file.startsWith(`${ROOT}islands/`)", "false"],
      ["if (found === undefined) return;", "return;"],
      ["if (!isForTypes(node)) check", "check"],
      ["specifiers.length > 0 &&", ""],
      ["specifiers.every(", "specifiers.some("],
      ["node.source && node.exportKind", "node.exportKind"],
      ['node.source && node.exportKind !== "type"', "false"],
      ['if (node.exportKind !== "type") check', "check"],
      ['if (source.type === "Literal") check', "if (false) check"],
      ['source.startsWith("@/")', "false"],
    ]),
  ]),
  ...noticedBy("tests/tools/gateway_calls_test.ts", [
    ...inFile("tools/gateway_calls.ts", [
      ["if (namespace === undefined) throw", "if (false) throw"],
      ["if (name === undefined) throw", "if (false) throw"],
      ["for (const file of imports) await read(file);", "void imports;"],
      ["source === HELPERS", "false"],
      ["if (known !== undefined) return known;", ""],
      ['if (typeof value === "object" && value !== null) return', "return"],
      ["!parent.computed\n      ?", "true\n      ?"],
      ['parent.type.startsWith("Import")', "false"],
      ["if (isDirectory) files.push", "if (false) files.push"],
    ]),
  ]),
  ...inFile("lib/gateway/match_call.ts", [
    ["parts.length === segments.length", "true"],
    ["/^[\\w.~-]{1,200}$/", "/^.{1,200}$/"],
    ["{1,200}", "{1,}"],
    ["part === segment", "part.length === segment.length"],
    [
      "new Set(listed.map(({ method }) => method))",
      "listed.map((c) => c.method)",
    ],
  ]),
  ...inFile("lib/gateway/read_body.ts", [
    ["length > maxBytes", "length > maxBytes + 1"],
    ["await reader.cancel();\n        return", "return"],
    ['Number(headers.get("content-length")) > maxBytes', "false"],
    ["slow = true;", ""],
  ]),
  ...inFile("lib/gateway/gateway.ts", [
    ["isSameOrigin(headers, appOrigin) &&", ""],
    ["headers.get(GATEWAY_HEADER.name) === GATEWAY_HEADER.value", "true"],
    ["if (methods.length === 0) {", "if (false) {"],
    ["if (!methods.includes(method)) {", "if (false) {"],
    ["query.length > MAX_QUERY_LENGTH", "false"],
    ["!isJsonOrNothing(request)", "false"],
    ['if (headers.has("content-encoding")) return false;', ""],
    ["if (signal.aborted) return", "if (false) return"],
    ["        signal,\n", ""],
    ["if (failure === undefined) throw error;", "throw error;"],
    ["body.length > 0 &&", "headers &&"],
    ["return JSON.parse(text);", "return text;"],
    ["report(failure);", ""],
    ['"Wix is not answering"', "failure.description"],
    ["status >= 500", "status > 599"],
    [".toLowerCase() !== JSON_TYPE)", "!== JSON_TYPE)"],
    ["if (ok && json === undefined)", "if (json === undefined)"],
    ["if (ok && json === undefined)", "if (false)"],
    ["type === null && body === null", "type === null"],
    ['"content-type": "application/problem+json"', ""],
    ["...idHeader(requestId) },", "},"],
    ['json === undefined ? "{}" : text', "text"],
    ["const hint = local ?", "const hint = true ?"],
    ["query: search }", 'query: search.split("?", 2)[1] ?? "" }'],
    ['"NOT_JSON"', "undefined"],
  ]),
  ...inFile("lib/browser/gateway_fetch.ts", [
    ["if (url === undefined) {", "if (false) {"],
    ["url.pathname + url.search", "url.pathname"],
    ["{ ...init, headers: gatewayHeaders", "{ headers: gatewayHeaders"],
    ["return await wholeAnswer(answer);", "return answer;"],
    ["if (first === undefined) return await (first = call());", ""],
    ["return new Response(text, answer);", "return new Response(text);"],
    ["await first.catch(() => {});", ""],
    ["await first.catch(() => {});", "await first;"],
    ["seconds <= MAX_WAIT_SECONDS", "seconds <= 99"],
    ["waits < MAX_WAITS", "waits < 1"],
    ["await wait(seconds * 1_000);", "return answer;"],
    ["await wait(seconds * 1_000);", "await wait(seconds);"],
    ["body != null &&", ""],
  ]),
];
