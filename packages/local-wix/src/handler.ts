import type { Backend } from "./backend.ts";
import type { Call, Route } from "./call.ts";
import { isApiPath, isConsolePath } from "./http/request.ts";
import type { RequestRecord } from "./console/activity.ts";
import { faultResponse } from "./faults/fault_response.ts";
import { notImplemented, WixError } from "./http/errors.ts";
import { corsHeaders, isLoopbackHost, isPreflight } from "./http/origins.ts";
import { errorResponse } from "./http/response.ts";
import { wait } from "./http/server.ts";
import { requirePermission } from "./identity/identity.ts";
import { resolveIdentity } from "./oauth/resolve_identity.ts";
import { ROUTES } from "./routes.ts";

/** The route of a request, with the values of its path segments. */
interface RouteMatch {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

/**
 * Finds the route for a request. A route without `{name}` goes before those
 * with one; of these, the first in the list wins.
 */
class Router {
  readonly #fixed: ReadonlyMap<string, Route>;
  readonly #patterns: readonly { route: Route; segments: string[] }[];

  constructor(routes: readonly Route[]) {
    this.#fixed = new Map(routes.map((route) => [route.name, route]));
    this.#patterns = routes
      .filter(({ name }) => name.includes("{"))
      .map((route) => ({ route, segments: route.name.split("/") }));
  }

  /** The route for a request, or null. */
  match(method: string, pathname: string): RouteMatch | null {
    const name = `${method} ${pathname}`;
    const fixed = this.#fixed.get(name);
    if (fixed) return { route: fixed, params: {} };
    const given = name.split("/");
    for (const { route, segments } of this.#patterns) {
      const params = matchSegments(segments, given);
      if (params) return { route, params };
    }
    return null;
  }
}

function matchSegments(
  wanted: readonly string[],
  given: readonly string[],
): Record<string, string> | null {
  if (wanted.length !== given.length) return null;
  const params: Record<string, string> = {};
  for (const [index, segment] of wanted.entries()) {
    const value = given[index] ?? "";
    if (segment.startsWith("{")) params[segment.slice(1, -1)] = decode(value);
    else if (segment !== value) return null;
  }
  return params;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

const ROUTER = new Router(ROUTES);

/**
 * The response to one request: identity, route, a pending fault, permission,
 * and then the route's handler. `origin` is the server's own.
 */
export async function handle(
  request: Request,
  backend: Backend,
  origin: string,
): Promise<Response> {
  const started = performance.now();
  const url = new URL(request.url);
  const { method } = request;
  const { pathname } = url;
  const identity = resolveIdentity(request.headers, backend);
  const match = ROUTER.match(method, pathname);
  const response = await respond(match?.route, {
    request,
    url,
    params: match?.params ?? {},
    identity,
    backend,
    // The name in the request is one that reaches this server, but only
    // loopback names are taken from it: any other could be an attacker's.
    origin: isLoopbackHost(url.hostname) ? url.origin : origin,
  });
  const milliseconds = performance.now() - started;
  const { status } = response;
  record({ method, pathname, identity, status, milliseconds }, backend);
  const own: Record<string, string> = {
    "x-wix-request-id": backend.nextRequestId(pathname),
    date: new Date(backend.now()).toUTCString(),
    ...(isApiPath(pathname) && corsHeaders(request, backend.settings.values)),
    // Deno's fetch silently repeats a request when a connection that it
    // reuses breaks, and a test would not see the reset that it injected.
    ...(backend.faults.hasPendingReset && { connection: "close" }),
  };
  for (const [name, value] of Object.entries(own)) {
    response.headers.set(name, value);
  }
  return response;
}

/** Returns the response once its changes would survive a crash. */
async function respond(
  route: Route | undefined,
  call: Call,
): Promise<Response> {
  const { backend } = call;
  let response: Response;
  try {
    response = await run(route, call);
  } catch (error) {
    response = failureOf(error, backend);
  }
  try {
    backend.state.commit();
    backend.webhooks.flush();
  } catch (error) {
    return failureOf(error, backend);
  }
  return response;
}

function failureOf(error: unknown, backend: Backend): Response {
  if (!(error instanceof WixError)) {
    const text = error instanceof Error ? error.stack : String(error);
    backend.log(`Local Wix failed: ${text}`);
  } else if (error.status === 501) {
    backend.log(error.message);
  }
  return errorResponse(error);
}

async function run(
  route: Route | undefined,
  call: Call,
): Promise<Response> {
  const { request, url: { pathname }, backend, identity } = call;
  const isApi = isApiPath(pathname);
  if (!route && isApi && isPreflight(request)) {
    return new Response(null, { status: 204 });
  }
  backend.counters.countRoute(route?.name);
  if (!route) {
    const refuse = () => {
      throw notImplemented(request.method, pathname);
    };
    const reply = backend.faults.take(`${request.method} ${pathname}`);
    if (!reply) return refuse();
    return await faultResponse(reply, {
      closing: backend.closing,
      proceed: refuse,
    });
  }
  const { latencyMilliseconds, rateLimitPerMinute } = backend.settings.values;
  if (isApi && latencyMilliseconds > 0) {
    await wait(latencyMilliseconds, backend.closing);
  }
  const proceed = () => {
    if (isApi) {
      backend.rateLimit.count(identity, backend.now(), rateLimitPerMinute);
    }
    requirePermission(identity, route.audience);
    return route.handler(call);
  };
  const fault = backend.faults.take(route.name);
  if (!fault) return await proceed();
  return await faultResponse(fault, { closing: backend.closing, proceed });
}

/** Records a request in the log and, except for its own, on the console. */
function record(request: Omit<RequestRecord, "at">, backend: Backend): void {
  const { method, pathname, identity, status, milliseconds } = request;
  if (!isConsolePath(pathname)) {
    const at = backend.now();
    if ("sessionId" in identity) backend.sessions.used(identity, at);
    backend.recentRequests.add({ at, ...request });
  }
  const took = `${Math.round(milliseconds)}ms`;
  backend.log(`${method} ${pathname} ${status} ${identity.kind} ${took}`);
}
