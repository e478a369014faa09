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
  ...inFile("packages/fresh-wix/src/session/seal.ts", [
    ["const [first] = await keys();", "const first = (await keys()).at(-1);"],
    ["id === header.kid", "id !== undefined"],
    ["currentDate: new Date(now * 1000)", "currentDate: new Date(0)"],
    ["/${clientId}/${use}`", "/${use}`"],
    ["audience: cookieName,", ""],
    [".setExpirationTime(expiresAt)", ".setExpirationTime(expiresAt + 99)"],
    ["outdatedKey: kid !== known[0]?.id", "outdatedKey: false"],
    ["outdatedKey: kid !== known[0]", "outdatedKey: kid === known[0]"],
    ["Number(payload.iat) > now + MAX_CLOCK_SKEW_SECONDS", "false"],
    ["now + MAX_CLOCK_SKEW_SECONDS", "now"],
    ["} catch {\n        return undefined;", "} catch (e) {\n        throw e;"],
    ["encoder.encode(secret)", "encoder.encode(clientId)"],
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
  ...inFile("packages/fresh-wix/src/session/session.ts", [
    ["expiresAt <= now", "expiresAt < now"],
    ["expiresAt - REFRESH_MARGIN_SECONDS", "expiresAt"],
    ["- jitter * 60", ""],
    ["Math.min(", "Math.max("],
    ["return success ? output : undefined;", "return output as Session;"],
    ["v.maxValue(9_999_999_999),", ""],
    [
      "const text = v.pipe(v.string(), v.nonEmpty());",
      "const text = v.string();",
    ],
    ["v.regex(/^[\\w-]{16}$/)", "v.nonEmpty()"],
  ]),
  ...inFile("packages/fresh-wix/src/session/request_session.ts", [
    ["return this.#minting ??= mint()", "return this.#minting = mint()"],
    ["if (this.#session?.id === ended?.id) {", "if (true) {"],
    ["if (current?.id === session.id) this", "if (current) this"],
    ["{ ...current, tokens }", "{ ...session, tokens }"],
    [
      "if (this.#session?.id === session.id) this.#replace(undefined);",
      "this.#replace(undefined);",
    ],
    ["if (this.#session?.id === session.id) this.#replace(undefined);", ""],
    ["if (isInvalidGrant(cause)) return await this.#mint(session);", ""],
    ["if (isInvalidGrant(cause)) return await", "return await"],
    ["throw isClientError(cause)\n", "throw false\n"],
    ["throw isClientError(cause)\n", "throw true\n"],
    ["|| isSessionEnd(error)) throw error;", ") throw error;"],
    ['if (state === "expired" || isSessionEnd(error)) throw', "throw"],
    ['state === "expired" || isSessionEnd(error)', "isSessionEnd(error)"],
    ['if (state === "fresh") return accessToken;', ""],
    [": this.#options.expiresAt;", ": undefined;"],
    ["return this.#changed\n", "return !this.#changed\n"],
    ["this.#changed = true;", ""],
    ["session?.tokens.accessToken === rejected", "session !== undefined"],
    ['this.#session?.kind ?? "visitor"', '"member"'],
    [
      "    this.#replace(undefined);\n    this.#loginChanged = true;",
      "    this.#replace(undefined);",
    ],
    [
      "tokens, startedAt });\n    this.#loginChanged = true;",
      "tokens, startedAt });",
    ],
    ["if (this.#isUseForbidden) {", "if (false) {"],
    ["    this.noteUse();\n", ""],
    ["&& session.member?.name !== member?.name", ""],
  ]),
  ...inFile("packages/fresh-wix/src/oauth/return_url.ts", [
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
    [
      "isLocalPath(path) ? URL.parse(path, appOrigin) : null",
      "URL.parse(path, appOrigin)",
    ],
    ["isLocalPath(url.pathname) &&", ""],
    ['!url.pathname.startsWith("/api/")', "true"],
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
  ...inFile("packages/fresh-wix/src/oauth/transaction.ts", [
    ["output.state === state", "true"],
    [
      "deleteCookie(jar.outgoing, name, attributes);\n      const opened",
      "const opened",
    ],
    ["if (!STATE.test(state)) return undefined;", ""],
    ["index >= MAX_TRANSACTIONS - 1", "index >= MAX_TRANSACTIONS"],
    ["|| total > MAX_BYTES", ""],
    ["&& COOKIE_ID.test(name.slice(prefix.length))", ""],
    [".slice(0, MAX_INSPECTED)", ""],
    ["Number(a.crossSite) - Number(b.crossSite) || ", ""],
    ["b.since - a.since", "a.since - b.since"],
    ["{ ...transaction, crossSite }", "{ ...transaction, crossSite: false }"],
    ["expiresAt: now + maxAge", "expiresAt: now + 9_999"],
  ]),
  ...inFile("packages/fresh-wix/src/wix/wix_error.ts", [
    ["isNoJson || isSdkError && status < 400", "isNoJson"],
    ["isNoJson || isSdkError && status < 400", "isSdkError && status < 400"],
    ["!isUnreachable(error.status);", "true;"],
    ["error instanceof WixError && error.repeated ||", ""],
  ]),
  ...inFile("packages/fresh-wix/src/http/form.ts", [
    ['if (body === "too-large") throw', "if (false) throw"],
    ["throw new HttpError(408)", "throw new HttpError(500)"],
    [
      'if (text.split("&", MAX_FIELDS + 1).length > MAX_FIELDS) {',
      "if (false) {",
    ],
  ]),
  ...inFile("packages/fresh-wix/src/http/read_body.ts", [
    ['signal?.addEventListener("abort", cancel);', ""],
    ['if (signal?.aborted) return "too-slow";', ""],
    ['Number(headers.get("content-length")) > maxBytes', "false"],
    ["if (length > maxBytes) break;", ""],
    ['    await cancel();\n    return "too-large";', '    return "too-large";'],
  ]),
  ...inFile("packages/fresh-wix/src/wix/wix_fetch.ts", [
    ["response.status >= 300 && response.status < 400", "false"],
    ['if (typeof body === "string") {', "if (false) {"],
    ["const content = response.ok\n", "const content = true\n"],
    ["content.length > 0 ? content : null", "content"],
  ]),
  ...inFile("packages/fresh-wix/src/wix/wix_fetch.ts", [
    ["if (url === undefined) {\n", "if (false) {\n"],
    [
      "const waitKey = `${caller} ${endpoint}`",
      "const waitKey = `${endpoint}`",
    ],
    ["const waitKey = `${caller} ${endpoint}`", "const waitKey = `${caller}`"],
    ["withoutIds(url.pathname)", "url.pathname"],
    ["if (timeLeft() <= 0) return outOfTime();", ""],
    ["if (waits.has(waitKey)) {\n", "if (false) {\n"],
    ["if (ttl > 0) waits", "waits"],
    ['method === "GET" && retryable', "retryable"],
    ['method === "GET" && retryable', 'method === "GET"'],
    ["timeLeft() > MIN_TRY_MS && !waits", "!waits"],
    ["&& !waits.has(waitKey)", ""],
    ['redirect: "manual", ', ""],
    ["if (init.signal?.aborted) throw error;", ""],
    ["if (timeout.aborted) return", "if (false) return"],
    ["retryable: RETRYABLE_STATUSES.includes(head.status)", "retryable: false"],
    ["      retryable: true,", "      retryable: false,"],
    [
      'redactTokens(failure.replaceAll(/https?:\\/\\/\\S+/g, "…"))',
      "redactTokens(failure)",
      "the failure that Deno words does not hold the address now",
    ],
    ["if (status !== 429 && status !== 503) return 0;", ""],
    ["Math.min(wait, MAX_WAIT_MS)", "wait"],
    ["status === 429 ? DEFAULT_WAIT_MS", "true ? DEFAULT_WAIT_MS"],
    ["Number(header) * 1_000", "Number(header)"],
    [": Date.parse(header) - now", ": NaN"],
  ]),
  ...inFile("packages/fresh-wix/src/wix/request_context.ts", [
    [
      "if (context === undefined || context.session !== undefined) {",
      "if (context === undefined) {",
    ],
    [
      "if (session !== undefined) return session;",
      "return session as UserSession;",
    ],
    [
      "return storage.run(new RequestContext(undefined), callback);",
      "return callback();",
    ],
    ["if (this.timeLeft <= 0) throw", "if (false) throw"],
    ["this.#underWay++ === 0", "true"],
    ["if (--this.#underWay === 0) this", "if (--this.#underWay >= 0) this"],
    ["this.#underWay > 0 ? performance.now() - this.#since : 0", "0"],
    ["currentContext()?.calls", "[]"],
  ]),
  ...inFile("packages/fresh-wix/src/session/session_error.ts", [
    [
      "  set code(_: SessionErrorCode) {}",
      "  set code(code: SessionErrorCode) {\n    Object.defineProperty(this, 'code', { value: code });\n  }",
    ],
  ]),
  ...inFile("packages/fresh-wix/src/http/cookies.ts", [
    ["httpOnly: true", "httpOnly: false"],
    ["secure: secureCookies", "secure: true"],
    ['secureCookies ? "__Host-" : ""', '""'],
    ['sameSite: "Lax"', 'sameSite: "Strict"'],
    ["Math.max(0, at)", "at"],
  ]),
  ...inFile("packages/fresh-wix/src/session/session_store.ts", [
    ["if (isLive && isNamed(cached)) return", "if (isLive) return"],
    ["&& Number(cached.expiresAt) > now", ""],
    ["if (!isNamed(sealed)) return undefined;", ""],
    ["cache.set(structuredClone(value), sealed);", ""],
    [
      "if (ID.test(pointer)) names.unshift(memberName(pointer));",
      "names.unshift(memberName(pointer));",
      "a name that does not fit opens no value: the name is sealed in",
    ],
    ["if (ID.test(pointer)) names.unshift", "if (ID.test(pointer)) names.push"],
    ["        refused = true;\n", ""],
    ["} else if (loginChanged) {", "} else if (false) {"],
    ["} else if (loginChanged) {", "} else if (changed) {"],
    [
      'if (loginChanged && current?.kind === "member") {',
      'if (current?.kind === "member") {',
    ],
    ["changed || opened.outdatedKey", "changed"],
    ["&& (changed || opened.outdatedKey)", ""],
    ["&& !isKept(part))", ")"],
    [".slice(0, MAX_EXPIRED)", ""],
    ["maxAge = POINTER_MAX_AGE_SECONDS", "maxAge = 60"],
    ["const maxAge = Math.max(0, expiresAt - now);", "const maxAge = 60;"],
    ['if (count > MAX_CHUNKS) return "";', ""],
  ]),
  ...inFile("packages/fresh-wix/src/oauth/token_endpoint.ts", [
    ["isOutage ? 503 : response.status", "response.status"],
    ['&& error.code === "invalid_grant"', ""],
    ["isClientError(error) && error", "error instanceof WixError && error"],
    ["v.gtValue(0),", ""],
    ["v.maxValue(24 * 60 * 60),", ""],
    ["refreshToken = knownRefreshToken", "refreshToken"],
    ["if (refreshToken === undefined) throw", "if (false) throw"],
    ["if (!response.ok) throw failure", "if (false) throw failure"],
    ["if (!success) throw malformed", "if (false) throw malformed"],
    ["requestedAt + output.expires_in", "output.expires_in"],
    [
      "return runShared(() => requestSession(grant, refreshToken, refreshToken));",
      "return requestSession(grant, refreshToken, refreshToken);",
    ],
    ["runShared(() => request(grant))", "request(grant)"],
    ["`${refreshToken} ${accessToken}`", "`${refreshToken}`"],
    ["`${refreshToken} ${accessToken}`", "`${accessToken}`"],
    [
      "ttl: 30_000,\n",
      "ttl: 1,\n",
      "how long is a choice; that it is shared at once is tested",
    ],
    ["{ instance_id: instanceId }", "{}"],
    [
      "throw refused(refusal.cause, true);",
      "throw refused(refusal.cause, false);",
    ],
    ["if (refusal !== undefined && isRemembered()) {", "if (false) {"],
    ["const repeated = isRemembered();", "const repeated = false;"],
    ["isOutage ? 503 : response.status", "response.status"],
    ["if (!isClientError(error)) throw error;\n      // Calls", "// Calls"],
    [
      "{ status: 503, code, description",
      "{ status: cause.status, code, description",
    ],
    ["withoutValues(description, sent) ||", "description ||"],
    ["isUnreachable(status) && description &&", "description &&"],
  ]),
  ...inFile("packages/fresh-wix/src/oauth/login.ts", [
    ["...(idp &&", "...(false &&"],
    ["auth: { authRequest, prompt }", 'auth: { authRequest, prompt: "login" }'],
    [
      "authorizationRequest(request, codeVerifier)",
      "authorizationRequest(request, state)",
    ],
    ['if (error === "login_required") return undefined;', ""],
    ['(tokens.accessToken) === "VISITOR"', '(tokens.accessToken) === "x"'],
    ["|| more.length > 0", ""],
    [
      'isOutage ? "temporarily_unavailable" : "login_refused"',
      '"login_refused"',
    ],
    [".catch(() => ({ member: undefined }))", ""],
    [
      'if (!query.getAll("iss").every(',
      'if (!query.getAll("iss").slice(0, 1).every(',
    ],
    [
      'if (!query.getAll("iss").every((iss) => isIssuer(iss, wixApiOrigin))) {',
      "if (false) {",
    ],
    ['protocol === "https:" && ISSUER_HOST', "ISSUER_HOST"],
    ["(?:^|\\.)(?:wix|wixapis)", "(?:wix|wixapis)"],
    ["isLocalWix = wixApiOrigin !== undefined && url", "isLocalWix = url"],
    ["&&\n    isLoopback(url.hostname);", ";"],
    ['if (url?.protocol === "https:" || isLocalWix) return', "return"],
  ]),
  ...inFile("packages/fresh-wix/src/session/session.ts", [
    [".slice(0, MAX_NAME_LENGTH)", ""],
  ]),
  ...inFile("packages/fresh-wix/src/security/headers.ts", [
    ["useNonce: true", "useNonce: false"],
    ["withoutExceptions(present, strictTransport)", "present"],
    ['.replaceAll(" \'unsafe-inline\'", "")', ""],
    ["return strictTransport\n    ? strict", "return true ? strict"],
    ["return strictTransport\n    ? strict", "return false ? strict"],
    ["isPage && present !== null", "present !== null"],
    ['headers.set("Referrer-Policy", "same-origin");', ""],
    ['headers.set("X-Content-Type-Options", "nosniff");', ""],
    ["if (strictTransport) {", "if (!strictTransport) {"],
    [
      'headers.set("Strict-Transport-Security", "max-age=31536000");',
      "",
    ],
  ]),
  ...inFile("packages/fresh-wix/src/security/resource_isolation.ts", [
    ["isAllowedRequest(ctx.req, appOrigin) ?", "true ?"],
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
  ...inFile("packages/fresh-wix/src/wix/api_url.ts", [
    ["text.startsWith(`${origin}/`)", "text.startsWith(origin)"],
    ["%2f|#/i", "%2f/i"],
    ["more.length === 0 && ", ""],
    ["&&\n    decode(url.pathname) === decoded;", ";"],
    ["if (!isAsWritten) return undefined;", ""],
    [", ...textsIn(body)]", "]"],
    ["...new URLSearchParams(query).values(), ", ""],
    ["[path, sent].some", "[path].some"],
    ["!NOT_IN_PATHS.test(path)", "true"],
    ["!NOT_IN_DECODED_PATHS.test(decoded)", "true"],
    ["|%2f|%3f/i;", "/;"],
    ["[/?\\\\]|", "[/?]|"],
  ]),
  ...inFile("packages/fresh-wix/src/wix/app_tokens.ts", [
    ["pending ??= request()", "pending = request()"],
    ["if (cachedToken?.accessToken === rejected) cachedToken = undefined;", ""],
    ['if (state === "due") next().catch(() => {});', ""],
    ['|| state === "expired") return', '|| state !== "fresh") return'],
  ]),
  ...inFile("packages/fresh-wix/src/wix/sdk_clients.ts", [
    ["response.status === 401 && isRefreshable", "isRefreshable"],
    ["&& !headers.has(SITE_ID_HEADER)", ""],
    ["Authorization: apiKey, ", ""],
    [", [SITE_ID_HEADER]: siteId", ""],
    ["response.headers.delete(CONSISTENT_HEADER);", ""],
    ["if (context?.consistent !== undefined) {", "if (false) {"],
    ["caller: session.current?.id", "caller: undefined"],
  ]),
  ...inFile("packages/fresh-wix/src/wix/stale_while_revalidate.ts", [
    ["age >= freshMs + staleMs", "false"],
    ["if (age >= freshMs) revalidate", "revalidate"],
    ["pending ??=", "pending ="],
    ["await runShared(load)", "await load()"],
    ["if (!isComplete(value)) {", "if (false) {"],
  ]),
  ...inFile("lib/orders/orders.ts", [
    ["ownId && ownId === order", "ownId === order"],
    ["if (!isOrderId(id)) return undefined;", ""],
    ["status === 403 || status === 404", "status === 404"],
    ["status === 403 || status === 404", "status !== 200"],
  ]),
  ...inFile("packages/fresh-wix/src/errors/describe_error.ts", [
    ["if (!developerHints) return description;", ""],
    ["|| code === INVALID_ID", ""],
    ["[CLIENT_ID_REFUSED]:", "x:"],
  ]),
  ...inFile("packages/fresh-wix/src/errors/report.ts", [
    ["return redact(summary(error))", "return summary(error)"],
    ["error.cause === undefined", "true"],
    ["knownText(error) ?? error.stack", "error.stack"],
  ]),
  ...inFile("packages/fresh-wix/src/http/request_guard.ts", [
    ["!METHODS.includes(request.method)", "false"],
    ["!HOST.test(host)", "false"],
    ["[a-z0-9._~-]+", "[^/]+"],
    ["[a-z0-9._~-]+", "[a-z0-9.-]+"],
    ["!url || decode(url.pathname) === undefined", "!url"],
    ["isForPage(request) &&", ""],
    ['method === "GET" &&', ""],
    ["isLoopback(hostname) &&", ""],
    ["own.hostname !== hostname", "false"],
    ['own.protocol === "http:" && ', ""],
    ["ownUrl.origin + url.pathname", "url.origin + url.pathname"],
  ]),
  ...inFile("packages/fresh-wix/src/http/responses.ts", [
    ["FILES_ONLY.test(pathname)", "false"],
    ["FILES_ONLY.test(pathname)", "true"],
    ["|favicon\\.ico$", ""],
  ]),
  ...inFile("packages/fresh-wix/src/config/read_config.ts", [
    ["secret.length < MIN_SECRET_LENGTH", "false"],
    ["new Set(secret).size < MIN_SECRET_CHARACTERS", "false"],
    ["derived ? weaknessOf(derived)", "derived ? undefined"],
    ["wixApiOrigin !== undefined && !isLocal", "false"],
    ["isHttp && !isLocal", "false"],
    ["secureCookies: !isHttp", "secureCookies: true"],
    ["strictTransport: !isLocal", "strictTransport: true"],
    ["!isDeployed &&", ""],
    ["isDeployed && isPreviewTimeline(reader)", "isPreviewTimeline(reader)"],
    ['timeline.startsWith("preview/") ||', ""],
    ['&& get("APP_ORIGIN") === undefined;', ";"],
  ]),
  ...noticedBy("tests/flows/production_test.ts", [
    ...inFile("packages/fresh-wix/src/observe/request_log.ts", [
      ["developerHints && record.calls.length", "record.calls.length"],
    ]),
    ...inFile("routes/_middleware.ts", [
      [
        "  wix.client,\n  wix.errorBoundary,",
        "  wix.errorBoundary,\n  wix.client,",
      ],
    ]),
    ...inFile("packages/fresh-wix/src/config/read_config.ts", [
      ["if (!(error instanceof Deno.errors.NotCapable)) throw", "throw"],
    ]),
  ]),
  ...noticedBy("tests/flows/observe_test.ts", [
    ...inFile("packages/fresh-wix/src/observe/request_log.ts", [
      ["status >= 400 || isPage", "isPage"],
      ["status >= 400 || isPage", "true || isPage"],
      ["&& ctx.route !== PROBE", ""],
      ["isBuildFile(url) ? redact", "true ? redact"],
    ]),
    ...inFile("packages/fresh-wix/src/session/session_step.ts", [
      ["record.cookieRefused = opened.refused;", ""],
    ]),
    ...inFile("packages/fresh-wix/src/session/session_step.ts", [
      ["getRecord(ctx).calls = bindSession", "bindSession"],
    ]),
  ]),
  ...noticedBy("tests/flows/renewal_test.ts", [
    ...inFile("packages/fresh-wix/src/session/session_step.ts", [
      ["await store.save(jar, opened, session, now());", ""],
    ]),
    ...inFile("packages/fresh-wix/src/observe/request_log.ts", [
      ["const write = record.error === undefined", "const write = true"],
    ]),
    ...inFile("packages/fresh-wix/src/errors/error_boundary.ts", [
      ["isExpected ? undefined : report(ctx, error)", "undefined"],
    ]),
  ]),
  // D10: the steps of a request in another order, or left out.
  ...noticedBy("tests/flows/visitor_test.ts", [
    ...inFile("main.ts", [
      [".use(staticFiles())\n", ""],
    ]),
    ...inFile("routes/_middleware.ts", [
      ["  wix.session,\n  wix.client,", "  wix.client,\n  wix.session,"],
      ["  wix.errorBoundary,\n]", "]"],
    ]),
  ]),
  ...noticedBy("tests/flows/login_test.ts", [
    ...inFile("main.ts", [
      [
        "new GuardedApp<State>(wix)",
        "new GuardedApp<State>({ refuse: () => undefined })",
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
  ...noticedBy("tests/tools/settings_test.ts", [
    ...inFile("tools/settings.ts", [
      ['withoutEmpty(parseEnv(await read(".env.local")))', "{}"],
      ["    ...shell,\n", ""],
      ['...withoutEmpty(parseEnv(await read(".env"))),', ""],
    ]),
  ]),
  ...noticedBy("tests/tools/start_test.ts", [
    ...inFile("tools/start.ts", [
      ["addressProblems(HOST, env.PORT)", "[]"],
      [": Number(env.PORT)", ": findFreePort(FIRST_PORT)"],
    ]),
  ]),
  ...noticedBy("tests/tools/build_test.ts", [
    ...inFile("tools/build.ts", [
      [
        "return last === await buildKey(packages, root, settings)",
        "return true",
      ],
      [
        "return last === await buildKey(packages, root, settings)",
        "return false",
      ],
      ["|packages|", "|packages|routes|"],
      ["!isDirectory && !CODE.test(name)", "!CODE.test(name)"],
      ["!isDirectory && !CODE.test(name)", "false"],
      ["JSON.stringify(publicSettings(settings)),", ""],
      ["      DENO_DEPLOYMENT_ID: key.slice(0, BUILD_ID_LENGTH),\n", ""],
      ["if (built) await", "await"],
    ]),
  ]),
  ...noticedBy("tests/tools/processes_test.ts", [
    ...inFile("tools/processes.ts", [
      ['if (hostname === "127.0.0.1") assertFree', "if (false) assertFree"],
      ["first.code || 1", "0"],
      ["if (!asked) {", "if (asked) {"],
    ]),
  ]),
  ...noticedBy("packages/fresh-wix/tests/vite/vite_plugin_test.ts", [
    ...inFile("packages/fresh-wix/src/vite/server_code.ts", [
      ["elevating !== undefined", "false"],
      ["|@wix\\/sdk(?:@[^/]+)?\\/context", ""],
      ["SESSION_SECRET|WIX_API_KEY|WIX_CLIENT_SECRET", "WIX_API_KEY"],
      ['path.replaceAll("\\\\", "/")', "path"],
      ['  "src/errors.ts",\n', '  "src/errors.ts",\n  "src/",\n'],
      ["posix.normalize(path.slice(at + folder.length))", "path.slice(at + 5)"],
      ["path.toLowerCase().indexOf", "path.indexOf"],
    ]),
    ...inFile("packages/fresh-wix/src/vite/wix_packages.ts", [
      ["if (source === SDK_CONTEXT) {", "if (false) {"],
    ]),
    ...inFile("packages/fresh-wix/src/vite/server_code.ts", [
      ["roots: [root, realpathSync(root)]", "roots: [Deno.cwd()]"],
      ["serverCodeProblem(id, project) ??", "undefined ??"],
      ["findSecretName(code)?.problem", "undefined"],
      [
        "plugins: () => [noServerCodeInIslands(clientCode)]",
        "plugins: () => []",
      ],
      ["await this.resolve(file, id) ?? {}", "{}"],
      ["\\bnew\\s+URL", "\\bnew URI"],
    ]),
  ]),
  ...noticedBy("packages/fresh-wix/tests/lint/lint_plugin_test.ts", [
    ...inFile("packages/fresh-wix/src/lint/mod.ts", [
      ["!file.startsWith(`${folder}islands/`)", "false"],
      ["if (found === undefined) return;", "return;"],
      ["if (!isForTypes(node)) check", "check"],
      ["specifiers.length > 0 &&", ""],
      ["specifiers.every(", "specifiers.some("],
      ["node.source && node.exportKind", "node.exportKind"],
      ['node.source && node.exportKind !== "type"', "false"],
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
  ...inFile("packages/fresh-wix/src/gateway/gateway.ts", [
    ["parts.length === segments.length", "true"],
    ["/^[\\w.~-]{1,200}$/", "/^.{1,200}$/"],
    ["{1,200}", "{1,}"],
    ["part === segment", "part.length === segment.length"],
    [
      "new Set(listed.map(({ method }) => method))",
      "listed.map((c) => c.method)",
    ],
  ]),
  ...inFile("packages/fresh-wix/src/gateway/gateway.ts", [
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
    ["note(failure);", ""],
    ['"Wix is not answering"', "failure.description"],
    ["status >= 500", "status > 599"],
    [".toLowerCase() !== JSON_TYPE)", "!== JSON_TYPE)"],
    ["if (ok && json === undefined)", "if (json === undefined)"],
    ["if (ok && json === undefined)", "if (false)"],
    ["type === null && body === null", "type === null"],
    ['"content-type": "application/problem+json"', ""],
    ["...idHeader(requestId) },", "},"],
    ['json === undefined ? "{}" : text', "text"],
    ["const hint = developerHints", "const hint = true"],
    [
      "refuse(request, path, search, options)",
      'refuse(request, path, search.split("?", 2)[1] ?? "", options)',
    ],
    ['"NOT_JSON"', "undefined"],
  ]),
  ...inFile("packages/fresh-wix/src/browser/gateway_fetch.ts", [
    ["if (url === undefined) {", "if (false) {"],
    ["url.pathname + url.search", "url.pathname"],
    ["{ ...init, headers }", "{ headers }"],
    [
      "return new Response(await response.text(), response);",
      "return response;",
    ],
    ["if (first === undefined) return await (first = call());", ""],
    ["await response.text(), response)", "await response.text())"],
    ["await first.catch(() => {});", ""],
    ["await first.catch(() => {});", "await first;"],
    ["body != null &&", ""],
  ]),
  // What attackers found, on the built server.
  ...noticedBy("packages/fresh-wix/attacks/deadlines_test.ts", [
    ...inFile("packages/fresh-wix/src/http/read_body.ts", [
      ["AbortSignal.timeout(BODY_TIMEOUT_MS)", "new AbortController().signal"],
    ]),
    ...inFile("tools/processes.ts", [
      ['terminate(child, "SIGKILL")', "child"],
    ]),
  ]),
  ...noticedBy("packages/fresh-wix/attacks/cost_test.ts", [
    ...inFile("packages/fresh-wix/src/http/read_body.ts", [
      ['.catch(() => "cut-off" as const)', ""],
    ]),
    ...inFile("packages/fresh-wix/src/session/session_store.ts", [
      ["maxSize: CACHE_BYTES", "maxSize: 1e12"],
    ]),
    ...inFile("packages/fresh-wix/src/wix/wix_fetch.ts", [
      ["maxBytes = 2 * 1024 * 1024", "maxBytes = 1e12"],
    ]),
  ]),
  ...noticedBy("packages/fresh-wix/attacks/fault_owner_test.ts", [
    ...inFile("packages/fresh-wix/src/session/session_step.ts", [
      ["if (opened.refused) noteRefusal();", ""],
      ["if (++refusals !== REFUSALS_TO_WARN) return;", ""],
    ]),
  ]),
  ...noticedBy("packages/fresh-wix/attacks/last_word_test.ts", [
    ...inFile("packages/fresh-wix/src/session/session_store.ts", [
      ['kind === "member" ? memberName(id) : visitorName', "visitorName"],
    ]),
  ]),
  ...noticedBy("packages/fresh-wix/attacks/login_navigation_test.ts", [
    ...inFile("packages/fresh-wix/src/oauth/navigation.ts", [
      ['if (method !== "GET") {', "if (false) {"],
      ["if (isPrefetch) return", "if (false) return"],
      ['mode === null || mode === "navigate"', "true"],
      ["mode === null || mode", "mode"],
      ['"x-purpose", "x-moz"', '"x-purpose"'],
    ]),
    ...inFile("packages/fresh-wix/src/oauth/auth_handlers.ts", [
      ['headers.get("sec-fetch-site") === "cross-site"', "headers === null"],
    ]),
    ...inFile("packages/fresh-wix/src/security/headers.ts", [
      ['headers.set("X-Robots-Tag", "noindex, nofollow");', ""],
    ]),
  ]),
  ...noticedBy("packages/fresh-wix/attacks/fail_closed_test.ts", [
    ...inFile("packages/fresh-wix/src/http/request_guard.ts", [
      ["host === null && !hasAuthority(url, ownUrl)", "false"],
      ['&& url.username + url.password === ""', ""],
      ["!isMadeUp && ", ""],
    ]),
    ...inFile("packages/fresh-wix/src/session/session_store.ts", [
      ["ended.set(opened.session.id, true);", ""],
    ]),
    ...inFile("packages/fresh-wix/src/errors/report.ts", [
      ["\\p{Cf}\\p{Zl}\\p{Zp}", ""],
    ]),
    ...inFile("packages/fresh-wix/src/http/responses.ts", [
      ['"cache-control": "private, no-store", ...headers', "...headers"],
    ]),
    ...inFile("tools/serve.ts", [
      ["!isLoopback(address) && ", ""],
    ]),
  ]),
];
