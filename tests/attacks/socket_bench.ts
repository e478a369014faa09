/**
 * The built app on a socket, with every call that it makes to Wix on record.
 *
 * @module
 */
import { readCookies } from "@/packages/fresh-wix/src/http/cookies.ts";
import { createSeal } from "@/packages/fresh-wix/src/session/seal.ts";
import { createSessionStore } from "@/packages/fresh-wix/src/session/session_store.ts";
import type { MemberSession } from "@/packages/fresh-wix/src/session/session.ts";
import {
  type LocalWix,
  SITE,
  startLocalWix,
} from "@/packages/local-wix/src/mod.ts";
import { type App, localSettings, startApp } from "../helpers/app.ts";
import { ANN } from "../helpers/site.ts";
import { logInOverWire } from "./login_over_wire.ts";
import { WireJar } from "./wire.ts";

/** A request of the app to Wix. */
export interface UpstreamCall {
  readonly method: string;
  readonly path: string;
  readonly headers: Headers;
}

/** The secret that seals cookies, and the one before it. */
export const SECRET = "the secret of the socket suite that seals";
/** Still opens. */
export const PREVIOUS_SECRET = "the secret of the socket suite before it";

/** A running app for the rows of G12. */
export class SocketBench implements AsyncDisposable {
  /** Every call to Wix so far. */
  readonly calls: readonly UpstreamCall[];
  readonly wix: LocalWix;
  readonly #app: App;
  readonly #close: () => Promise<void>;

  private constructor(
    { wix, app, calls, close }: {
      wix: LocalWix;
      app: App;
      calls: readonly UpstreamCall[];
      close: () => Promise<void>;
    },
  ) {
    this.wix = wix;
    this.#app = app;
    this.calls = calls;
    this.#close = close;
  }

  /** Starts local Wix, the recorder in front of it, and the app. */
  static async start(): Promise<SocketBench> {
    const wix = await startLocalWix({ port: 0, log: () => {} });
    const calls: UpstreamCall[] = [];
    const recorder = record(wix.origin, calls);
    const close = async () => {
      await recorder.shutdown();
      await wix.close();
    };
    try {
      const app = await startApp({
        ...localSettings(`http://localhost:${recorder.addr.port}`),
        SESSION_SECRET: `${SECRET},${PREVIOUS_SECRET}`,
      });
      return new SocketBench({ wix, app, calls, close });
    } catch (error) {
      await close();
      throw error;
    }
  }

  /** Origin of the app. */
  get origin(): string {
    return this.#app.origin;
  }

  /** What the app has written to its log. */
  output(): string {
    return this.#app.output();
  }

  /** How often a visitor's or a member's tokens were asked for. */
  get tokenCalls(): number {
    return this.calls.filter(({ path }) => path === "/oauth2/token").length;
  }

  /** Returns the cookies of somebody who has logged in. */
  async member(email = ANN): Promise<WireJar> {
    const jar = new WireJar();
    await logInOverWire(this.origin, jar, { email });
    return jar;
  }

  /** Returns the session that a member's cookies hold. */
  async sessionOf(jar: WireJar): Promise<MemberSession> {
    const store = createSessionStore({
      seal: createSeal({ clientId: SITE.clientId, sessionSecrets: [SECRET] }),
      secureCookies: false,
    });
    const { session } = await store.open(
      { received: readCookies(jar.header()) },
      Math.floor(Date.now() / 1000),
    );
    if (session?.kind === "member") return session;
    throw new Error("These are not a member's cookies");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#app[Symbol.asyncDispose]();
    await this.#close();
  }
}

function record(
  wixOrigin: string,
  calls: UpstreamCall[],
): Deno.HttpServer<Deno.NetAddr> {
  const options = {
    hostname: "127.0.0.1",
    port: 0,
    onListen: () => {},
    onError: () => new Response(undefined, { status: 502 }),
  };
  return Deno.serve(options, async (request) => {
    const { pathname, search } = new URL(request.url);
    const { method } = request;
    calls.push({
      method,
      path: pathname,
      headers: new Headers(request.headers),
    });
    const headers = new Headers(request.headers);
    headers.delete("host");
    headers.delete("content-length");
    const body = await request.text();
    return await fetch(wixOrigin + pathname + search, {
      method,
      headers,
      redirect: "manual",
      // An app that hangs up leaves no answer behind, half read.
      signal: request.signal,
      ...(body !== "" && { body }),
    });
  });
}
