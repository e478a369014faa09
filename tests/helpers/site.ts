/**
 * A complete site: local Wix over HTTP, and the built app.
 *
 * @module
 */
import {
  type LocalWix,
  type Seed,
  startLocalWix,
} from "@/packages/local-wix/src/mod.ts";
import { ROOT } from "@/tools/packages.ts";
import { type App, type AppOptions, localSettings, startApp } from "./app.ts";
import { Browser, type Page } from "./browser.ts";

/** The member with 47 orders. */
export const ANN = "ann@demo.example";
/** A member without orders. */
export const BEN = "ben@demo.example";

/** Options of {@link startSite}. */
export interface SiteOptions
  extends Pick<AppOptions, "host" | "project" | "readyPath"> {
  /** Seed of local Wix. Default: the demo site. */
  readonly seed?: Seed;
}

/** A running site. */
export class Site implements AsyncDisposable {
  constructor(readonly wix: LocalWix, readonly app: App) {}

  /** Returns a new browser without cookies. */
  visitor(): Browser {
    return new Browser(this.app.origin);
  }

  /** Returns a browser in which a member is logged in. */
  async member(email: string): Promise<Browser> {
    const browser = this.visitor();
    await logIn(browser, "/api/auth/login?returnToUrl=/", email);
    return browser;
  }

  /** Returns the number of token requests by grant type. */
  grants(): Record<string, number> {
    return { ...this.wix.controls.counters.grants };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.app[Symbol.asyncDispose]();
    await this.wix.close();
  }
}

/** Starts a site for one test. */
export async function startSite(
  { seed, ...options }: SiteOptions = {},
): Promise<Site> {
  const wix = await startLocalWix({
    port: 0,
    log: () => {},
    ...(seed !== undefined && { seed }),
  });
  return await siteOn(wix, startApp(localSettings(wix.origin), options));
}

/** Returns the site when the app has started; stops Wix if it fails. */
async function siteOn(wix: LocalWix, app: Promise<App>): Promise<Site> {
  try {
    return new Site(wix, await app);
  } catch (error) {
    await wix.close();
    throw error;
  }
}

/**
 * Starts a site as in production: the app's origin is `appOrigin`, on https behind
 * a proxy, and it calls the real Wix's hosts.
 *
 * @param allowedOrigins Origins that Wix may redirect to.
 * @param more Additional settings.
 * @param cache Origin of a cache as Deno Deploy has it, if there is one.
 */
export async function startProductionSite(
  appOrigin: string,
  allowedOrigins: readonly string[] = [appOrigin],
  more: Record<string, string> = {},
  cache?: string,
): Promise<Site> {
  const wix = await startLocalWix({
    port: 0,
    log: () => {},
    allowedOrigins,
  });
  return await siteOn(wix, startProcess(wix, appOrigin, more, cache));
}

/** Starts one more process of a site of {@link startProductionSite}. */
export async function startProcess(
  wix: LocalWix,
  appOrigin: string,
  more: Record<string, string> = {},
  cache?: string,
): Promise<App> {
  const { WIX_API_ORIGIN: _, ...settings } = localSettings(wix.origin);
  const env = { DEVELOPER_HINTS: "", LOG_FORMAT: "", APP_ORIGIN: appOrigin };
  return await startApp({ ...settings, ...env, ...more }, {
    changeArgs: (args) =>
      asIfWix(wix.origin, args, ROOT, cache === undefined ? {} : { cache }),
  });
}

/**
 * Returns the arguments of an app whose calls to Wix's hosts reach the local Wix at
 * `wixOrigin`, without a setting.
 *
 * @param root Folder of the project, with a trailing slash.
 * @param more `cache`: origin of the cache that pages are purged from.
 */
export function asIfWix(
  wixOrigin: string,
  args: readonly string[],
  root = ROOT,
  more: { readonly cache?: string } = {},
): string[] {
  const server = new URL(`file://${root}tests/helpers/serve_with_local_wix.ts`);
  server.search = new URLSearchParams({ wix: wixOrigin, ...more }).toString();
  const hosts = [wixOrigin, ...Object.values(more)]
    .map((origin) => new URL(origin).host);
  return [
    ...args.slice(0, -1).map((arg) =>
      arg.startsWith("--allow-net=") ? [arg, ...hosts].join() : arg
    ),
    server.href,
  ];
}

/** The logout form, on every page of a member. */
export const LOGOUT_FORM = '[action="/api/auth/logout"]';

/** Opens `path`, which redirects to Wix's login page, and logs in. */
export async function logIn(
  browser: Browser,
  path: string,
  email: string,
): Promise<Page> {
  const loginPage = await browser.open(path);
  return await browser.submit(loginPage, '[name="password"]', {
    email,
    password: "any",
  });
}

/** Returns the session cookie of a member; `undefined` without one. */
export function memberCookie(browser: Browser): string | undefined {
  return sessionCookies(browser).find(([name]) =>
    name.startsWith("wix_session_")
  )?.[1];
}

/** Returns names and values of the app's own cookies in a browser. */
export function sessionCookies(browser: Browser): [string, string][] {
  return browser.cookieHeader(new URL("http://localhost")).split("; ")
    .map((pair): [string, string] => {
      const [name = "", ...value] = pair.split("=");
      return [name, value.join("=")];
    })
    .filter(([name]) => name.startsWith("wix_"));
}

/** Returns a copy of a browser with its current cookies. */
export function copyOf(browser: Browser, site: Site): Browser {
  const copy = site.visitor();
  for (const [name, value] of sessionCookies(browser)) {
    copy.setCookie("localhost", name, value);
  }
  return copy;
}
