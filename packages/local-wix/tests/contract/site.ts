/**
 * The site that contract cases run against, through the npm SDK alone. It is
 * local Wix, or a real site when `WIX_LIVE_CLIENT_ID` is set; then the cases
 * also say whether local Wix is faithful.
 *
 * @module
 */

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
import { Browser } from "../helpers/browser.ts";
import { loginForm } from "../helpers/http.ts";
import { redirectFetch } from "../helpers/redirect_fetch.ts";

const LIVE = {
  clientId: Deno.env.get("WIX_LIVE_CLIENT_ID") ?? "",
  apiKey: Deno.env.get("WIX_LIVE_API_KEY") ?? "",
  siteId: Deno.env.get("WIX_LIVE_SITE_ID") ?? "",
  memberRefreshToken: Deno.env.get("WIX_LIVE_MEMBER_REFRESH_TOKEN") ?? "",
};

/** Whether contract cases run against a real site. */
export const IS_LIVE = LIVE.clientId !== "";

/** What some cases need, and why a real site may lack it. */
const LACKS = {
  member: !IS_LIVE || LIVE.memberRefreshToken
    ? null
    : "WIX_LIVE_MEMBER_REFRESH_TOKEN is not set",
  apiKey: !IS_LIVE || (LIVE.apiKey && LIVE.siteId)
    ? null
    : "WIX_LIVE_API_KEY and WIX_LIVE_SITE_ID are not set",
  app: IS_LIVE ? "no app secret is given to live tests" : null,
  seed: IS_LIVE ? "it needs the data of the demo site" : null,
  loginPage: IS_LIVE ? "it submits the login page of local Wix" : null,
  writes: IS_LIVE ? "it would change the real site" : null,
} as const;

/** Something that not every site has. */
export type Need = keyof typeof LACKS;

/** A client of a visitor or member with `M` as its modules. */
export type OAuthClient<M extends Descriptors> = WixClient<
  undefined,
  IOAuthStrategy,
  M
>;

/**
 * Registers a contract case. It gets a site of its own and is ignored, with
 * the reason in its name, when this site lacks something that it needs.
 * A name begins with `[assumed]` when Wix documents no such answer.
 */
export function contract(
  name: string,
  needs: readonly Need[],
  run: (site: Site) => Promise<void>,
): void {
  const reasons = needs.flatMap((need) => LACKS[need] ?? []);
  Deno.test({
    name: reasons.length ? `${name} (${reasons.join("; ")})` : name,
    ignore: reasons.length > 0,
    fn: async () => {
      await using site = await openSite();
      await run(site);
    },
  });
}

/** The site under test; `await using` closes it. */
export async function openSite(): Promise<Site> {
  return IS_LIVE
    ? new Site(null)
    : new Site(await startLocalWix({ port: 0, hostname: "127.0.0.1" }));
}

/** A site, and the people who come to it. */
export class Site implements AsyncDisposable {
  readonly clientId = IS_LIVE ? LIVE.clientId : SITE.clientId;
  /** Empty on a real site that no key was given for. */
  readonly apiKey = IS_LIVE ? LIVE.apiKey : SITE.apiKey;
  readonly #redirect: Disposable | undefined;

  /** `wix` is null for a real site. */
  constructor(readonly wix: LocalWix | null) {
    if (wix) this.#redirect = redirectFetch(wix.origin);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#redirect?.[Symbol.dispose]();
    await this.wix?.close();
  }

  /** The answer of a Wix API to a request that the SDK would not make. */
  fetch(path: string, init?: RequestInit): Promise<Response> {
    return globalThis.fetch(`https://www.wixapis.com${path}`, init);
  }

  /** A client of someone who has not logged in, or who has these tokens. */
  visitor<M extends Descriptors>(modules: M, tokens?: Tokens): OAuthClient<M> {
    const { clientId } = this;
    return createClient<undefined, IOAuthStrategy, M>({
      auth: OAuthStrategy({ clientId, ...(tokens && { tokens }) }),
      modules,
      fetch: globalThis.fetch,
    });
  }

  /**
   * A client of a member who has logged in. `email` counts on local Wix only;
   * a real site has the one member whose refresh token it was given.
   */
  async member<M extends Descriptors>(
    modules: M,
    email = "ann@demo.example",
  ): Promise<OAuthClient<M>> {
    const client = this.visitor(modules);
    const auth: IOAuthStrategy = OAuthStrategy({ clientId: this.clientId });
    client.auth.setTokens(await this.#memberTokens(auth, email));
    return client;
  }

  /** A client with an API key, which may do everything. */
  admin<M extends Descriptors>(modules: M) {
    const { apiKey, siteId } = IS_LIVE ? LIVE : SITE;
    const auth = ApiKeyStrategy({ apiKey, siteId });
    return createClient<undefined, typeof auth, M>({
      auth,
      modules,
      fetch: globalThis.fetch,
    });
  }

  /** A client with the app's own permissions. */
  app<M extends Descriptors>(modules: M) {
    const auth = AppStrategy({
      appId: this.clientId,
      appSecret: SITE.clientSecret,
      instanceId: SITE.instanceId,
    });
    return createClient<undefined, typeof auth, M>({
      auth,
      modules,
      fetch: globalThis.fetch,
    });
  }

  async #memberTokens(auth: IOAuthStrategy, email: string): Promise<Tokens> {
    if (IS_LIVE) {
      const value = LIVE.memberRefreshToken;
      return await auth.renewToken({ value, role: TokenRole.MEMBER });
    }
    const data = auth.generateOAuthData("http://localhost:8000/callback");
    const { authUrl } = await auth.getAuthUrl(data, { responseMode: "query" });
    const page = await new Browser().submit(authUrl, loginForm(email));
    const { code, state } = auth.parseFromUrl(page.location ?? "", "query");
    return await auth.getMemberTokens(code, state, data);
  }
}
