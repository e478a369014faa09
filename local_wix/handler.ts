import type { Backend } from "./backend.ts";
import type { Call } from "./call.ts";
import { isApiPath, isConsolePath } from "./paths.ts";
import { answerFault } from "./faults/answer_fault.ts";
import { notImplemented, WixError } from "./http/errors.ts";
import type { HttpRequest } from "./http/http_request.ts";
import { errorReply } from "./http/reply.ts";
import { requirePermission } from "./identity/permissions.ts";
import { resolveIdentity } from "./identity/resolve_identity.ts";
import { isLoopbackHost } from "./redirects/allowed_url.ts";
import { Router } from "./router.ts";
import { ROUTES } from "./routes.ts";
import { wait } from "./wait.ts";

const ROUTER = new Router(ROUTES);

/**
 * Answers one request: who asks, which route, a fault if one waits, whether it
 * is allowed, and then the route's handler. `origin` is the server's own.
 */
export async function handle(
  request: HttpRequest,
  backend: Backend,
  origin: string,
): Promise<Response> {
  const started = performance.now();
  const { url } = request;
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
  const { headers, status } = response;
  headers.set("x-wix-request-id", backend.nextRequestId(url.pathname));
  headers.set("date", backend.httpDate);
  // Deno's fetch silently repeats a request when a connection that it reuses
  // breaks, and a test would not see the reset that it has asked for.
  if (backend.faults.resetWaiting) headers.set("connection", "close");
  const milliseconds = performance.now() - started;
  note(call, status, milliseconds);
  return response;
}

/** The answer, sent only once what it tells of survives a crash. */
async function answer(call: Call): Promise<Response> {
  const { backend } = call;
  const response = await route(call).catch((error) => refuse(error, backend));
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

async function route(call: Call): Promise<Response> {
  const { request, url, backend, identity } = call;
  const match = ROUTER.match(request.method, url.pathname);
  if (!match) {
    backend.counters.countUnanswered();
    throw notImplemented(request.method, url.pathname);
  }
  const { latencyMilliseconds } = backend.settings;
  if (latencyMilliseconds > 0 && isApiPath(url.pathname)) {
    await wait(latencyMilliseconds, backend.closing);
  }
  const { name, audience, handler } = match.route;
  backend.counters.countRoute(name);
  // deno-lint-ignore require-await -- async turns what is thrown into rejections
  const answerRightly = async () => {
    if (isApiPath(url.pathname)) backend.rateLimit.count(identity);
    requirePermission(identity, audience);
    return handler({ ...call, params: match.params });
  };
  const fault = backend.faults.take(name);
  if (!fault) return await answerRightly();
  return await answerFault(fault, { closing: backend.closing, answerRightly });
}

/** Notes the request in the log and, but for the console's own, on the console. */
function note(
  { request: { method }, url: { pathname }, identity, backend }: Call,
  status: number,
  milliseconds: number,
): void {
  const { kind } = identity;
  if (!isConsolePath(pathname)) {
    const at = backend.now();
    if ("sessionId" in identity) backend.sessions.saw(identity, at);
    const request = { at, method, pathname, identity, status, milliseconds };
    backend.recentRequests.add(request);
  }
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
