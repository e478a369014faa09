/**
 * The built app on a socket, with every call that it makes to Wix on record.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { ANN } from "@/tests/helpers/site.ts";
import { type App, localSettings, startApp } from "@/tests/helpers/app.ts";
import {
  type LocalWix,
  type LocalWixOptions,
  startLocalWix,
} from "@/packages/local-wix/src/mod.ts";
import { type AlwaysOptions, assertAlways } from "./attack.ts";
import { SECRETS } from "./sealed_cookies.ts";
import {
  type Identity,
  identityOf,
  type LoginOptions,
  type PendingLogin,
  pendingLogin,
} from "@/tests/helpers/wire_login.ts";
import {
  send,
  sendWith,
  WireJar,
  type WireRequest,
  type WireResponse,
} from "@/tests/helpers/wire.ts";

/** A request of the app to Wix. */
export interface WixCall {
  readonly method: string;
  readonly path: string;
  readonly headers: Headers;
  /** Aborted when the app hangs up. */
  readonly signal: AbortSignal;
}

/** A request, and what may be in its response. */
export interface AttackRequest extends WireRequest, AlwaysOptions {
  /** The browser's cookies. Default none. */
  readonly jar?: WireJar;
}

/** Options of {@link startAttacked}. */
export interface AttackedOptions extends Pick<LocalWixOptions, "memberCount"> {
  /** Besides those of an app with local Wix. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Default one of its own. */
  readonly wix?: LocalWix;
  /** False where the app has to meet Wix's broken connections itself. */
  readonly recorded?: boolean;
}

/** A running app under attack. */
export interface AttackedApp extends AsyncDisposable {
  readonly app: App;
  readonly origin: string;
  readonly wix: LocalWix;
  /** Every call to Wix so far. */
  readonly calls: readonly WixCall[];
  /** How often a visitor's or a member's tokens were requested. */
  readonly tokenCalls: number;
  /** Sends a request; asserts what holds for every response. */
  send(request: AttackRequest): Promise<WireResponse>;
  /** Logs in at Wix, up to the callback. */
  pending(jar?: WireJar, options?: LoginOptions): Promise<PendingLogin>;
  /** Returns the cookies of a member who has logged in. */
  member(email?: string, jar?: WireJar): Promise<WireJar>;
  /** Returns whose browser the app takes the jar's for. */
  identity(jar: WireJar): Promise<Identity>;
}

/** Starts the app, and local Wix unless one is given. */
export async function startAttacked(
  { settings = {}, recorded = true, wix: given, ...options }: AttackedOptions =
    {},
): Promise<AttackedApp> {
  await using stack = new AsyncDisposableStack();
  const wix = given ??
    stack.use(await startLocalWix({ ...options, port: 0, log: () => {} }));
  const calls: WixCall[] = [];
  const recorder = recorded ? stack.use(record(wix.origin, calls)) : undefined;
  const wixOrigin = recorder === undefined
    ? wix.origin
    : `http://localhost:${recorder.addr.port}`;
  const app = stack.use(
    await startApp({
      ...localSettings(wixOrigin),
      SESSION_SECRET: SECRETS.join(),
      ...settings,
    }),
  );
  const started = stack.move();
  const { origin } = app;
  const attacked: AttackedApp = {
    app,
    origin,
    wix,
    calls,
    get tokenCalls() {
      return calls.filter(({ path }) => path === "/oauth2/token").length;
    },
    async send({ jar, ...request }) {
      const response = jar === undefined
        ? await send(origin, request)
        : await sendWith(jar, origin, request);
      assertAlways(response, request);
      return response;
    },
    async pending(jar = new WireJar(), options) {
      const pending = await pendingLogin(origin, jar, options);
      assertAlways(pending.login);
      return pending;
    },
    async member(email = ANN, jar = new WireJar()) {
      const { target } = await attacked.pending(jar, { email });
      await attacked.send({ jar, target });
      return jar;
    },
    identity: (jar) => identityOf(origin, jar),
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
  return attacked;
}

/** Returns the app of a test file, which its first test starts. */
export function appOfFile(
  options?: AttackedOptions,
): () => Promise<AttackedApp> {
  let started: Promise<AttackedApp> | undefined;
  Deno.test.afterAll(async () => {
    const attacked = await started?.catch(() => undefined);
    await attacked?.[Symbol.asyncDispose]();
    const log = attacked?.app.output() ?? "";
    assertEquals(/JWS\.|\beyJ[\w-]{10,}|evilmarker/.exec(log)?.[0], undefined);
  });
  return () => started ??= startAttacked(options);
}

function record(
  wixOrigin: string,
  calls: WixCall[],
): Deno.HttpServer<Deno.NetAddr> {
  const options = {
    hostname: "127.0.0.1",
    port: 0,
    onListen: () => {},
    onError: () => new Response(undefined, { status: 502 }),
  };
  return Deno.serve(options, async (request) => {
    const { pathname: path, search } = new URL(request.url);
    const { method, signal } = request;
    calls.push({ method, path, headers: new Headers(request.headers), signal });
    const headers = new Headers(request.headers);
    headers.delete("host");
    headers.delete("content-length");
    const body = await request.text();
    return await fetch(wixOrigin + path + search, {
      method,
      headers,
      redirect: "manual",
      // An app that hangs up leaves no response behind, half read.
      signal,
      ...(body !== "" && { body }),
    });
  });
}
