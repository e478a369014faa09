import type { Backend } from "./backend.ts";
import type { Call, Route } from "./call.ts";
import { isApiPath, isConsolePath } from "./paths.ts";
import { answerFault } from "./faults/answer_fault.ts";
import { corsHeaders, isPreflight } from "./http/cors.ts";
import { notImplemented, WixError } from "./http/errors.ts";
import type { HttpRequest } from "./http/http_request.ts";
import { errorReply } from "./http/reply.ts";
import type { Answer } from "./http/serve.ts";
import { requirePermission } from "./identity/permissions.ts";
import { resolveIdentity } from "./identity/resolve_identity.ts";
import type { RequestRecord } from "./recent_requests.ts";
import { isLoopbackHost } from "./redirects/allowed_url.ts";
import { Router } from "./router.ts";
import { ROUTES } from "./routes.ts";
import { wait } from "./wait.ts";

const ROUTER = new Router(ROUTES);
const NO_PARAMS = {};

/**
 * Answers one request: who asks, which route, a fault if one waits, whether it
 * is allowed, and then the route's handler. `origin` is the server's own.
 */
export async function handle(
  request: HttpRequest,
  backend: Backend,
  origin: string,
): Promise<Answer> {
  const started = performance.now();
  const { url, method } = request;
  const { pathname } = url;
  const identity = resolveIdentity(request.headers, backend);
  const match = ROUTER.match(method, pathname);
  const response = await answer(match?.route, {
    request,
    url,
    params: match?.params ?? NO_PARAMS,
    identity,
    backend,
    origin: reachableOrigin(url, origin),
  });
  const milliseconds = performance.now() - started;
  const { status } = response;
  note({ method, pathname, identity, status, milliseconds }, backend);
  return {
    response,
    headers: {
      "x-wix-request-id": backend.nextRequestId(pathname),
      date: backend.httpDate,
      ...(isApiPath(pathname) && corsHeaders(request, backend.settings)),
      // Deno's fetch silently repeats a request when a connection that it
      // reuses breaks, and a test would not see the reset that it asked for.
      ...(backend.faults.resetWaiting && { connection: "close" }),
    },
  };
}

/** The answer, sent only once what it tells of survives a crash. */
async function answer(
  route: Route | undefined,
  call: Call,
): Promise<Response> {
  const { backend } = call;
  let response: Response;
  try {
    response = await run(route, call);
  } catch (error) {
    response = refuse(error, backend);
  }
  try {
    backend.state.commit();
  } catch (error) {
    return refuse(error, backend);
  }
  return response;
}

function refuse(error: unknown, backend: Backend): Response {
  if (!(error instanceof WixError)) {
    backend.log(`Local Wix failed: ${describe(error)}`);
  } else if (error.status === 501) {
    backend.log(error.message);
  }
  return errorReply(error);
}

async function run(
  route: Route | undefined,
  call: Call,
): Promise<Response> {
  const { request, url, backend, identity } = call;
  if (!route && isApiPath(url.pathname) && isPreflight(request)) {
    return new Response(null, { status: 204 });
  }
  if (!route) {
    backend.counters.countUnanswered();
    throw notImplemented(request.method, url.pathname);
  }
  const { latencyMilliseconds } = backend.settings;
  if (latencyMilliseconds > 0 && isApiPath(url.pathname)) {
    await wait(latencyMilliseconds, backend.closing);
  }
  const { name, audience, handler } = route;
  backend.counters.countRoute(name);
  const answerRightly = () => {
    if (isApiPath(url.pathname)) backend.rateLimit.count(identity);
    requirePermission(identity, audience);
    return handler(call);
  };
  const fault = backend.faults.take(name);
  if (!fault) return await answerRightly();
  return await answerFault(fault, { closing: backend.closing, answerRightly });
}

/** Notes a request in the log and, but for the console's own, on the console. */
function note(request: Omit<RequestRecord, "at">, backend: Backend): void {
  const { method, pathname, identity, status, milliseconds } = request;
  if (!isConsolePath(pathname)) {
    const at = backend.now();
    if ("sessionId" in identity) backend.sessions.saw(identity, at);
    backend.recentRequests.add({ at, ...request });
  }
  const { kind } = identity;
  backend.log(
    `${method} ${pathname} ${status} ${kind} ${Math.round(milliseconds)}ms`,
  );
}

/**
 * The origin for URLs that a browser will open. The name in the request is one
 * that reaches this server, but only loopback names are taken from it: any
 * other could be an attacker's.
 */
function reachableOrigin(url: URL, own: string): string {
  return isLoopbackHost(url.hostname) ? url.origin : own;
}

function describe(error: unknown): string {
  return error instanceof Error ? error.stack ?? error.message : String(error);
}
