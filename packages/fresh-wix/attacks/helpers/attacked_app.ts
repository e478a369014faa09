/**
 * The built app on a socket, with every call that it makes to Wix on record.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { ANN } from "@/tests/helpers/site.ts";
import { localSettings, startApp } from "@/tests/helpers/app.ts";
import {
  type LocalWix,
  type LocalWixOptions,
  startLocalWix,
} from "@/packages/local-wix/src/mod.ts";
import * as attack from "./attack.ts";
import { SECRETS } from "./sealed_cookies.ts";
import * as steps from "@/tests/helpers/wire_login.ts";
import * as wire from "@/tests/helpers/wire.ts";

/** A request of the app to Wix; its signal aborts when the app hangs up. */
export type WixCall =
  & Pick<Request, "method" | "headers" | "signal">
  & { readonly path: string };

/** A request, and what may be in its response. */
export interface AttackRequest extends wire.WireRequest, attack.AlwaysOptions {
  /** The browser's cookies. Default none. */
  readonly jar?: wire.WireJar;
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
export type AttackedApp = Awaited<ReturnType<typeof startAttacked>>;

/** Starts the app, and local Wix unless one is given. */
export async function startAttacked(
  { settings = {}, recorded = true, wix: given, ...options }: AttackedOptions =
    {},
) {
  await using stack = new AsyncDisposableStack();
  const wix = given ??
    stack.use(await startLocalWix({ ...options, port: 0, log: () => {} }));
  const calls: WixCall[] = [];
  const ending = new AbortController();
  const recorder = recorded
    ? stack.use(record(wix.origin, calls, ending.signal))
    : undefined;
  // Calls that hang would keep the recorder open.
  stack.defer(() => ending.abort());
  const port = recorder?.addr.port ?? new URL(wix.origin).port;
  const secrets = { SESSION_SECRET: SECRETS.join() };
  const local = localSettings(`http://localhost:${port}`);
  const app = stack.use(await startApp({ ...local, ...secrets, ...settings }));
  const started = stack.move();
  const { origin } = app;

  /** Sends a request; asserts what holds for every response. */
  const send = async (
    { jar = new wire.WireJar(), ...request }: AttackRequest,
  ) => {
    const response = await wire.sendWith(jar, origin, request);
    attack.assertAlways(response, request);
    return response;
  };
  /** Sends what must set no cookie, call no Wix and get one of these statuses. */
  const sendInVain = async (request: AttackRequest, ...statuses: number[]) => {
    const before = calls.length;
    const response = await send(request);
    const { status, headers } = response;
    assert(statuses.includes(status), `status ${status}, not ${statuses}`);
    assertEquals(headers.getSetCookie(), []);
    assertEquals(calls.slice(before), []);
    return response;
  };
  /** Logs in at Wix, up to the callback. */
  const pending = async (
    jar = new wire.WireJar(),
    options?: steps.LoginOptions,
  ) => {
    const pending = await steps.pendingLogin(origin, jar, options);
    attack.assertAlways(pending.login);
    return pending;
  };
  /** Returns the cookies of a member who has logged in. */
  const member = async (email = ANN, jar = new wire.WireJar()) => {
    const { target } = await pending(jar, { email });
    await send({ jar, target });
    return jar;
  };
  /** Posts the form of the logout button. */
  const logOut = (request: Partial<AttackRequest> = {}) =>
    send({
      target: "/api/auth/logout",
      ...request,
      method: "POST",
      headers: [`Origin: ${origin}`, ...request.headers ?? []],
      body: "",
    });
  return {
    app,
    origin,
    wix,
    /** Every call to Wix so far. */
    calls: calls as readonly WixCall[],
    /** How often a visitor's or a member's tokens were requested. */
    get tokenCalls() {
      return calls.filter(({ path }) => path === "/oauth2/token").length;
    },
    send,
    sendInVain,
    pending,
    member,
    logOut,
    /** Returns whose browser the app takes the jar's for. */
    identity: (jar: wire.WireJar) => steps.identityOf(origin, jar),
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}

/** Returns what registers tests of one app, which the first of them starts. */
export function testsOfApp(options?: AttackedOptions) {
  let started: Promise<AttackedApp> | undefined;
  Deno.test.afterAll(async () => {
    const attacked = await started?.catch(() => undefined);
    await attacked?.[Symbol.asyncDispose]();
    const log = attacked?.app.output() ?? "";
    assertEquals(/JWS\.|\beyJ[\w-]{10,}|evilmarker/.exec(log)?.[0], undefined);
  });
  return (
    name: string,
    run: (attacked: AttackedApp) => Promise<void>,
    more?: attack.TestOptions,
  ) =>
    attack.test(
      name,
      async () => run(await (started ??= startAttacked(options))),
      more,
    );
}

function record(wixOrigin: string, calls: WixCall[], signal: AbortSignal) {
  const onError = () => new Response(undefined, { status: 502 });
  const options = { hostname: "127.0.0.1", port: 0, onListen() {}, onError };
  return Deno.serve(options, async (request) => {
    const { pathname: path, search } = new URL(request.url);
    const { method } = request;
    const headers = new Headers(request.headers);
    calls.push({
      method,
      path,
      headers: new Headers(headers),
      // Deno warns of signals that are read and abort after a response.
      get signal() {
        return request.signal;
      },
    });
    headers.delete("host");
    headers.delete("content-length");
    const body = await request.text() || undefined;
    const init = { method, headers, signal, redirect: "manual" } as const;
    const url = wixOrigin + path + search;
    return await fetch(url, body ? { ...init, body } : init);
  });
}
