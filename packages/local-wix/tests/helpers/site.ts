/**
 * The site that tests run against: one local Wix per file, put back to its seed
 * before each test. Contract cases go through the unmodified npm SDK, and run
 * against a real site when `WIX_LIVE_CLIENT_ID` is set; then they also tell
 * whether local Wix is faithful. `on_node.ts` runs them on Node.
 *
 * @module
 */
import { assertEquals, assertRejects } from "@std/assert";
import {
  ApiKeyStrategy,
  AppStrategy,
  createClient,
  type Descriptors,
  type IOAuthStrategy,
  OAuthStrategy,
  TokenRole,
  type Tokens,
  type WixClient,
} from "@wix/sdk";
import { type LocalWix, SITE, startLocalWix } from "../../src/mod.ts";
import { Browser } from "./browser.ts";
import { at, loginForm, REDIRECT_URI } from "./http.ts";
import { recordFetch, type Recording } from "./recording.ts";

const LIVE = {
  clientId: Deno.env.get("WIX_LIVE_CLIENT_ID") ?? "",
  apiKey: Deno.env.get("WIX_LIVE_API_KEY") ?? "",
  siteId: Deno.env.get("WIX_LIVE_SITE_ID") ?? "",
  memberRefreshToken: Deno.env.get("WIX_LIVE_MEMBER_REFRESH_TOKEN") ?? "",
};

/** Whether contract cases run against a real site. */
const IS_LIVE = LIVE.clientId !== "";

/** The folder that `--record` or `--record=FOLDER` writes recordings to. */
const RECORDINGS = Deno.args.map((arg) => /^--record(?:=(.+))?$/.exec(arg))
  .map((match) => match && (match[1] ?? `${import.meta.dirname}/../recordings`))
  .find((folder) => folder);

let shared: Promise<LocalWix> | undefined;

/** The local Wix of this test file, at its seed. */
async function sharedWix(): Promise<LocalWix> {
  shared ??= startLocalWix({ port: 0 });
  const wix = await shared;
  wix.controls.reset();
  return wix;
}

Deno.test.afterAll(async () => await (await shared)?.close());

// Connections to the shared server outlive the tests that open them.
const SHARED = { sanitizeOps: false, sanitizeResources: false };

/** Registers a test that gets the file's local Wix. */
export function test(
  name: string,
  fn: (wix: LocalWix) => Promise<void>,
): void {
  Deno.test({ name, ...SHARED, fn: async () => await fn(await sharedWix()) });
}

type Register = (name: string, run: (site: Site) => Promise<void>) => void;

/**
 * Registers contract cases, by what they need of a site. A case is ignored, with
 * the reason in its name, when the real site lacks it. A name begins with
 * `[assumed]` when Wix does not document the behavior.
 */
export const it: Record<"any" | "member" | "apiKey" | "local", Register> = {
  any: (name, run) =>
    Deno.test(name, SHARED, async () => {
      using site = new Site(IS_LIVE ? null : await sharedWix());
      if (IS_LIVE && RECORDINGS) await record(RECORDINGS, name, site, run);
      else await run(site);
    }),
  member: unless(
    IS_LIVE && !LIVE.memberRefreshToken,
    "WIX_LIVE_MEMBER_REFRESH_TOKEN is not set",
  ),
  apiKey: unless(
    IS_LIVE && !(LIVE.apiKey && LIVE.siteId),
    "WIX_LIVE_API_KEY and WIX_LIVE_SITE_ID are not set",
  ),
  /** Needs the demo site's data or pages, its app secret, or writes. */
  local: unless(IS_LIVE, "it needs local Wix"),
};

function unless(lacks: boolean, reason: string): Register {
  return (name, run) =>
    lacks
      ? Deno.test.ignore(`${name} (${reason})`, () => {})
      : it.any(name, run);
}

/** Runs a case, and records the real site's responses, even when it fails. */
async function record(
  folder: string,
  test: string,
  site: Site,
  run: (site: Site) => Promise<void>,
): Promise<void> {
  const realFetch = globalThis.fetch;
  const calls: Recording["calls"][number][] = [];
  globalThis.fetch = recordFetch(realFetch, LIVE, calls);
  try {
    await run(site);
  } finally {
    globalThis.fetch = realFetch;
    const recorded = new Date().toISOString().slice(0, 10);
    const text = JSON.stringify({ test, recorded, calls }, null, 2);
    const name = test.replace(/\W+/g, "_").toLowerCase();
    await Deno.writeTextFile(`${folder}/${name}.json`, `${text}\n`);
  }
}

/** A client of a visitor or member with `M` as its modules. */
export type OAuthClient<M extends Descriptors> = WixClient<
  undefined,
  IOAuthStrategy,
  M
>;

/** A site, and clients of its users. */
export class Site implements Disposable {
  readonly clientId = IS_LIVE ? LIVE.clientId : SITE.clientId;
  /** Empty on a real site without a key. */
  readonly apiKey = IS_LIVE ? LIVE.apiKey : SITE.apiKey;
  readonly #redirect: Disposable | undefined;

  /** `wix` is null for a real site. */
  constructor(readonly wix: LocalWix | null) {
    if (wix) this.#redirect = redirectFetch(wix.origin);
  }

  [Symbol.dispose](): void {
    this.#redirect?.[Symbol.dispose]();
  }

  /** The response of a Wix API to a request that the SDK would not send. */
  fetch(path: string, init?: RequestInit): Promise<Response> {
    return globalThis.fetch(`https://www.wixapis.com${path}`, init);
  }

  /** A client of a new visitor, or with these tokens. */
  visitor<M extends Descriptors>(modules: M, tokens?: Tokens): OAuthClient<M> {
    const { clientId } = this;
    return createClient<undefined, IOAuthStrategy, M>({
      auth: OAuthStrategy({ clientId, ...(tokens && { tokens }) }),
      modules,
      fetch: globalThis.fetch,
    });
  }

  /**
   * A client of a logged-in member. `email` applies to local Wix only; a real
   * site has the one member whose refresh token it was given.
   */
  async member<M extends Descriptors>(
    modules: M,
    email = "ann@demo.example",
    client: OAuthClient<M> = this.visitor(modules),
  ): Promise<OAuthClient<M>> {
    const auth: IOAuthStrategy = client.auth;
    if (IS_LIVE) {
      const value = LIVE.memberRefreshToken;
      const role = TokenRole.MEMBER;
      auth.setTokens(await auth.renewToken({ value, role }));
      return client;
    }
    const data = auth.generateOAuthData(REDIRECT_URI);
    const { authUrl } = await auth.getAuthUrl(data, { responseMode: "query" });
    const page = await new Browser().submit(authUrl, loginForm(email));
    const { code, state } = auth.parseFromUrl(page.location ?? "", "query");
    auth.setTokens(await auth.getMemberTokens(code, state, data));
    return client;
  }

  /** A client with an API key, which may do everything. */
  admin<M extends Descriptors>(modules: M) {
    const { apiKey, siteId } = IS_LIVE ? LIVE : SITE;
    const auth = ApiKeyStrategy({ apiKey, siteId });
    const { fetch } = globalThis;
    return createClient<undefined, typeof auth, M>({ auth, modules, fetch });
  }

  /** A client with the app's own permissions. */
  app<M extends Descriptors>(modules: M) {
    const auth = AppStrategy({
      appId: this.clientId,
      appSecret: SITE.clientSecret,
      instanceId: SITE.instanceId,
    });
    const { fetch } = globalThis;
    return createClient<undefined, typeof auth, M>({ auth, modules, fetch });
  }
}

/**
 * Sends requests for `*.wixapis.com` to `origin` instead, until it is disposed
 * of. It has to be the global: the SDK's token calls look it up at call time,
 * and its module calls take the one given to `createClient`.
 */
function redirectFetch(origin: string): Disposable {
  const realFetch = globalThis.fetch;
  globalThis.fetch = async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (!url.hostname.endsWith(".wixapis.com")) {
      return await realFetch(input, init);
    }
    const target = origin + url.pathname + url.search;
    const moved = input instanceof Request
      ? new Request(target, input)
      : target;
    return await realFetch(moved, init);
  };
  return {
    [Symbol.dispose]() {
      globalThis.fetch = realFetch;
    },
  };
}

/**
 * Asserts that the SDK throws an error of Wix, with this status and this code of
 * its application error, as far as they are given.
 */
export async function assertWixError(
  call: () => Promise<unknown>,
  status?: number,
  code?: string,
): Promise<void> {
  const error: unknown = await assertRejects(call);
  const found = at(error, "details.applicationError.code");
  if (status) assertEquals(at(error, "status"), status, String(error));
  if (code) assertEquals(found, code, String(error));
}
