import { siteProperties } from "@wix/business-tools";
import { orders } from "@wix/ecom";
import { members } from "@wix/members";
import {
  ApiKeyStrategy,
  AppStrategy,
  createClient,
  OAuthStrategy,
  type Tokens,
} from "@wix/sdk";
import {
  type LocalWix,
  type LocalWixOptions,
  SITE,
  startLocalWix,
} from "../../src/mod.ts";
import { Browser } from "./browser.ts";
import { loginForm } from "./http.ts";
import { redirectFetch } from "./redirect_fetch.ts";

/** Where the tests' client would live. */
export const CALLBACK = "http://localhost:8000/api/auth/callback";

const modules = { members, orders, siteProperties };

/** A local Wix with the unmodified SDK pointed at it. */
export class SdkRig implements AsyncDisposable {
  readonly #redirect: Disposable;

  private constructor(readonly wix: LocalWix) {
    this.#redirect = redirectFetch(wix.origin);
  }

  /** Starts local Wix on a free port. */
  static async start(options: LocalWixOptions = {}): Promise<SdkRig> {
    return new SdkRig(await startLocalWix({ port: 0, ...options }));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#redirect[Symbol.dispose]();
    await this.wix.close();
  }

  /** A client of someone who has not logged in. */
  visitor() {
    return this.withTokens();
  }

  /** A client that begins with these tokens. */
  withTokens(tokens?: Tokens) {
    const { clientId } = SITE;
    const auth = OAuthStrategy({ clientId, ...(tokens && { tokens }) });
    return createClient({ auth, modules, fetch: globalThis.fetch });
  }

  /** A client of a member, logged in through the login page. */
  async member(
    email = "ann@demo.example",
    { client = this.visitor(), browser = new Browser() } = {},
  ) {
    const data = client.auth.generateOAuthData(CALLBACK);
    const { authUrl } = await client.auth.getAuthUrl(data, {
      responseMode: "query",
    });
    const page = await browser.submit(authUrl, loginForm(email));
    const { code, state } = client.auth.parseFromUrl(
      page.location ?? "",
      "query",
    );
    client.auth.setTokens(
      await client.auth.getMemberTokens(code, state, data),
    );
    return client;
  }

  /** A client with the app's own permissions. */
  app() {
    const auth = AppStrategy({
      appId: SITE.clientId,
      appSecret: SITE.clientSecret,
      instanceId: SITE.instanceId,
    });
    return createClient({ auth, modules, fetch: globalThis.fetch });
  }

  /** A client with an API key. */
  apiKey(siteId: string = SITE.siteId) {
    const auth = ApiKeyStrategy({ apiKey: SITE.apiKey, siteId });
    return createClient({ auth, modules, fetch: globalThis.fetch });
  }
}
