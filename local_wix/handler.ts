import type { Backend } from "./backend.ts";
import type { Call } from "./call.ts";
import { answerFault } from "./faults/answer_fault.ts";
import { notImplemented, WixError } from "./http/errors.ts";
import { errorReply } from "./http/reply.ts";
import { requirePermission } from "./identity/permissions.ts";
import { resolveIdentity } from "./identity/resolve_identity.ts";
import { isLoopbackHost } from "./redirects/allowed_url.ts";
import { matchRoute } from "./router.ts";
import { ROUTES } from "./routes.ts";

/**
 * Answers one request: who asks, which route, a fault if one waits, whether it
 * is allowed, and then the route's handler. `origin` is the server's own.
 */
export async function handle(
  request: Request,
  backend: Backend,
  origin: string,
): Promise<Response> {
  const started = performance.now();
  const url = new URL(request.url);
  const identity = resolveIdentity(request.headers, backend);
  const call = {
    request,
    url,
    params: {},
    identity,
    backend,
    origin: reachableOrigin(url, origin),
  };
  const response = await answer(call);
  response.headers.set("x-wix-request-id", backend.nextRequestId());
  // Deno's fetch silently repeats a request when a connection that it reuses
  // breaks, and a test would not see the reset that it has asked for.
  if (backend.faults.resetWaiting) response.headers.set("connection", "close");
  const milliseconds = Math.round(performance.now() - started);
  backend.log(
    `${request.method} ${url.pathname} ${response.status} ` +
      `${identity.kind} ${milliseconds}ms`,
  );
  return response;
}

async function answer(call: Call): Promise<Response> {
  try {
    return await route(call);
  } catch (error) {
    if (!(error instanceof WixError)) {
      call.backend.log(`Local Wix failed: ${describe(error)}`);
    } else if (error.status === 501) {
      call.backend.log(error.message);
    }
    return errorReply(error);
  }
}

async function route(call: Call): Promise<Response> {
  const { request, url, backend, identity } = call;
  const match = matchRoute(ROUTES, request.method, url.pathname);
  if (!match) {
    backend.counters.countUnanswered();
    throw notImplemented(request.method, url.pathname);
  }
  const { name, audience, handler } = match.route;
  backend.counters.countRoute(name);
  // deno-lint-ignore require-await -- async turns what is thrown into rejections
  const answerRightly = async () => {
    if (isApi(name)) backend.rateLimit.count(identity);
    requirePermission(identity, audience);
    return handler({ ...call, params: match.params });
  };
  const fault = backend.faults.take(name);
  if (!fault) return await answerRightly();
  return await answerFault(fault, { closing: backend.closing, answerRightly });
}

/** Whether a route is Wix's API: neither a hosted page nor a switch for tests. */
function isApi(routeName: string): boolean {
  return !/ \/(?:_pages\/.*|_local\/.*)?$/.test(routeName);
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
