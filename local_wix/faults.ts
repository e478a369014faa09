import { GRANTS } from "./counters.ts";

/** A failure that a test asks for. */
export interface Fault {
  /** Status of the answer. Default: 500. */
  readonly status?: number;
  /** Text is sent as HTML, anything else as JSON. Default: Wix error JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** How many requests fail. Default: 1. */
  readonly times?: number;
  /** Gives no answer before the server closes. */
  readonly hang?: boolean;
}

/** Failures waiting for the requests they are meant for. */
export class Faults {
  readonly #targets: ReadonlySet<string>;
  readonly #waiting = new Map<string, { fault: Fault; left: number }[]>();

  constructor(routeNames: readonly string[]) {
    this.#targets = new Set([...GRANTS, ...routeNames]);
  }

  /** Lets the next requests to a grant or route fail. */
  add(target: string, fault: Fault): void {
    if (!this.#targets.has(target)) {
      throw new TypeError(
        `Cannot inject a fault: ${target} is no grant and no route`,
      );
    }
    const queue = this.#waiting.get(target) ?? [];
    queue.push({ fault, left: fault.times ?? 1 });
    this.#waiting.set(target, queue);
  }

  /** The fault for this request to `target`, used up once. */
  take(target: string): Fault | undefined {
    const queue = this.#waiting.get(target);
    const first = queue?.[0];
    if (!queue || !first) return undefined;
    first.left--;
    if (first.left <= 0) queue.shift();
    return first.fault;
  }

  /** Forgets every waiting fault. */
  reset(): void {
    this.#waiting.clear();
  }
}

/** The answer that `fault` wants; `closing` ends one that hangs. */
export async function answerFault(
  fault: Fault,
  closing: AbortSignal,
): Promise<Response> {
  if (fault.hang) await aborted(closing);
  const { status = 500, headers = {} } = fault;
  const body = fault.body ?? defaultBody(status);
  if (typeof body !== "string") return Response.json(body, { status, headers });
  return new Response(body, {
    status,
    headers: { "content-type": "text/html; charset=utf-8", ...headers },
  });
}

/** UNDOCUMENTED: the bodies of 401, 429 and 5xx. */
function defaultBody(status: number): unknown {
  const codes: Readonly<Record<number, string>> = {
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    429: "RESOURCE_EXHAUSTED",
  };
  const code = codes[status];
  if (!code) return { message: "", details: {} };
  const description = `Injected by a test: ${code}`;
  const applicationError = { code, description, data: {} };
  return { message: description, details: { applicationError } };
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
