import * as v from "valibot";
import type { JsonObject } from "../http/json.ts";
import { fieldOf, type Schema } from "../http/validate.ts";
import { GRANTS } from "../oauth/protocol.ts";

/** Options of every fault. */
export interface FaultOptions {
  /** Number of requests it applies to; "always" lasts until cleared. Default: 1. */
  readonly times?: number | "always";
  /** Milliseconds to wait before anything else. Default: 0. */
  readonly delayMs?: number;
}

/** Options of a fault that replaces the real response. */
export interface LossOptions extends FaultOptions {
  /**
   * The request is still processed: a code is used, a token is rotated, and
   * only the response is lost. Default: false.
   */
  readonly processed?: boolean;
}

/** A synthetic response, or none. */
export interface ResponseFault extends LossOptions {
  readonly kind?: "response";
  /** Status of the response. Default: 500. */
  readonly status?: number;
  /** Text is sent as HTML, anything else as JSON. Default: Wix error JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sends no response before the server closes. */
  readonly hang?: boolean;
}

/** The real response, `delayMs` late. */
export interface DelayFault extends FaultOptions {
  readonly kind: "delay";
  readonly delayMs: number;
}

/** The real response with other values at the top level of its JSON. */
export interface FieldsFault extends FaultOptions {
  readonly kind: "fields";
  /** Values to put in. Default: none. */
  readonly fields?: JsonObject;
  /** Names to leave out. Default: none. */
  readonly omit?: readonly string[];
}

/**
 * The connection closes, before the first byte of the response (`reset`) or
 * after half of the body that `content-length` announced (`truncated`). Or the
 * response has JSON that ends halfway (`badJson`), or no body (`empty`).
 */
export interface BrokenFault extends LossOptions {
  readonly kind: "reset" | "truncated" | "badJson" | "empty";
}

/** A body sent byte by byte that takes at least `trickleMs`. */
export interface TrickleFault extends LossOptions {
  readonly kind: "trickle";
  readonly trickleMs: number;
}

/** JSON that is far too large, uncompressed or compressed. */
export interface HugeFault extends LossOptions {
  readonly kind: "huge" | "gzipBomb";
  /** Decompressed size. Default: endless for `huge`, 64 for `gzipBomb`. */
  readonly mebibytes?: number;
}

/** A web page where JSON should be. */
export interface HtmlFault extends LossOptions {
  readonly kind: "html";
  /** Status of the response. Default: 200. */
  readonly status?: number;
}

/** A redirect to `location`. */
export interface RedirectFault extends LossOptions {
  readonly kind: "redirect";
  readonly location: string;
  /** Status of the response. Default: 302. */
  readonly status?: number;
}

/** A failure that a test injects. */
export type Fault =
  | ResponseFault
  | DelayFault
  | FieldsFault
  | BrokenFault
  | TrickleFault
  | HugeFault
  | HtmlFault
  | RedirectFault;

/** Every kind of fault. */
export type FaultKind = NonNullable<Fault["kind"]>;

function wholeNumber(min: number, max: number): Schema<number> {
  return v.pipe(
    v.number(),
    v.integer(),
    v.minValue(min),
    v.maxValue(max),
  );
}

const WAIT = wholeNumber(1, 600_000);
const TIMES = v.union([v.literal("always"), wholeNumber(1, Infinity)]);
const STATUS = v.optional(wholeNumber(200, 599));
const OBJECT = v.optional(v.record(v.string(), v.unknown()));
const TIMING = {
  times: v.optional(TIMES),
  delayMs: v.optional(wholeNumber(0, 600_000)),
};
const LOSS = { ...TIMING, processed: v.optional(v.boolean()) };
const SIZED = { ...LOSS, mebibytes: v.optional(wholeNumber(1, 1024)) };

/** The fields of each kind. */
const FIELDS: Readonly<Record<FaultKind, v.ObjectEntries>> = {
  response: {
    ...LOSS,
    status: STATUS,
    body: v.optional(v.unknown()),
    headers: OBJECT,
    hang: v.optional(v.boolean()),
  },
  delay: { ...TIMING, delayMs: wholeNumber(0, 600_000) },
  fields: { ...TIMING, fields: OBJECT, omit: v.optional(v.array(v.string())) },
  reset: LOSS,
  truncated: LOSS,
  trickle: { ...LOSS, trickleMs: WAIT },
  huge: SIZED,
  gzipBomb: SIZED,
  html: { ...LOSS, status: STATUS },
  badJson: LOSS,
  empty: LOSS,
  redirect: {
    ...LOSS,
    location: v.pipe(v.string(), v.nonEmpty()),
    status: STATUS,
  },
};

/** The names of every kind of fault. */
export const FAULT_KINDS: readonly string[] = Object.keys(FIELDS);

/** Throws a `TypeError` that names the problem, such as a misspelt field. */
export function assertFault(value: unknown): asserts value is Fault {
  const { kind = "response", ...fields } = Object(value);
  if (!FAULT_KINDS.includes(kind)) {
    throw new TypeError(`Cannot inject a fault: unknown kind ${kind}`);
  }
  const schema = v.strictObject(FIELDS[kind as FaultKind]);
  const { success, issues: [issue] = [] } = v.safeParse(schema, fields);
  if (success || !issue) return;
  const name = fieldOf(issue, "");
  throw new TypeError(
    issue.expected === "never"
      ? `Cannot inject a fault: ${kind} has no ${name}`
      : `Cannot inject a fault: ${name} of ${kind} is ${issue.received}`,
  );
}

/** A fault, its grant or route, and the number of requests it still applies to. */
export interface PendingFault {
  readonly target: string;
  readonly fault: Fault;
  readonly left: number | "always";
}

/** A call that local Wix may not support: a fault with a body is a stub of it. */
const CALL = /^(?:GET|POST|PUT|PATCH|DELETE) \/[^\s{}?]+$/;

/** Pending faults, by grant or route. */
export class Faults {
  readonly #targets: ReadonlySet<string>;
  #pending: PendingFault[] = [];

  constructor(routeNames: readonly string[]) {
    this.#targets = new Set([...GRANTS, ...routeNames]);
  }

  /** Whether to close a connection before the first byte. */
  get hasPendingReset(): boolean {
    return this.#pending.some(({ fault }) => fault.kind === "reset");
  }

  /** The pending faults, those with a number of times first. */
  get list(): readonly PendingFault[] {
    return this.#pending;
  }

  /**
   * Makes the next requests to a grant or route fail. Faults with a number of
   * times come first, in order; of permanent ones, the latest applies.
   */
  add(target: string, fault: Fault): void {
    const isStub = "body" in fault && CALL.test(target);
    if (!isStub) this.#check(target, "inject a fault");
    assertFault(fault);
    const added = { target, fault, left: fault.times ?? 1 };
    const isLasting = (other: PendingFault) => other.left === "always";
    this.#pending = [
      ...this.#pending.filter((other) => !isLasting(other)),
      ...(isLasting(added) ? [] : [added]),
      ...this.#pending.filter((other) =>
        isLasting(other) && !(isLasting(added) && other.target === target)
      ),
      ...(isLasting(added) ? [added] : []),
    ];
  }

  /** The fault for this request to `target`, used up once. */
  take(target: string): Fault | undefined {
    const found = this.#pending.find((other) => other.target === target);
    if (found && found.left !== "always") {
      const left = found.left - 1;
      this.#pending = this.#pending.flatMap((other) =>
        other !== found ? [other] : left > 0 ? [{ ...found, left }] : []
      );
    }
    return found?.fault;
  }

  /** Removes pending faults: all, or those of one target. */
  clear(target?: string): void {
    const isPending = this.#pending.some((other) => other.target === target);
    if (target !== undefined && !isPending) this.#check(target, "clear faults");
    this.#pending = this.#pending.filter((other) =>
      target !== undefined && other.target !== target
    );
  }

  #check(target: string, intent: string): void {
    if (this.#targets.has(target)) return;
    throw new TypeError(
      `Cannot ${intent}: ${target} is neither a grant nor a route`,
    );
  }
}
