import { isRecord, type JsonObject, textOf } from "../http/json.ts";

/** What every failure that a test asks for may say. */
export interface FaultOptions {
  /** How many requests it hits; "always" lasts until cleared. Default: 1. */
  readonly times?: number | "always";
  /** Milliseconds to wait before anything else. Default: 0. */
  readonly delayMs?: number;
}

/** What a failure that hides the right answer may say as well. */
export interface LossOptions extends FaultOptions {
  /**
   * The request takes effect all the same: a code is used up, a token is
   * rotated, and only the answer is lost. Default: false.
   */
  readonly processed?: boolean;
}

/** A made-up answer, or none. */
export interface AnswerFault extends LossOptions {
  readonly kind?: "answer";
  /** Status of the answer. Default: 500. */
  readonly status?: number;
  /** Text is sent as HTML, anything else as JSON. Default: Wix error JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Gives no answer before the server closes. */
  readonly hang?: boolean;
}

/** The right answer, `delayMs` late. */
export interface DelayFault extends FaultOptions {
  readonly kind: "delay";
  readonly delayMs: number;
}

/** The right answer with other values at the top level of its JSON. */
export interface FieldsFault extends FaultOptions {
  readonly kind: "fields";
  /** Values to put in. Default: none. */
  readonly fields?: JsonObject;
  /** Names to leave out. Default: none. */
  readonly omit?: readonly string[];
}

/**
 * The connection breaks, before a byte of the answer (`reset`) or after half
 * of the body that `content-length` promised (`truncated`).
 */
export interface BrokenFault extends LossOptions {
  readonly kind: "reset" | "truncated";
}

/** A body sent byte by byte that takes at least `trickleMs`. */
export interface TrickleFault extends LossOptions {
  readonly kind: "trickle";
  readonly trickleMs: number;
}

/** JSON far too large: as it is, or small until it is inflated. */
export interface HugeFault extends LossOptions {
  readonly kind: "huge" | "gzipBomb";
  /** Size once inflated. Default: endless for `huge`, 64 for `gzipBomb`. */
  readonly mebibytes?: number;
}

/** A web page where JSON should be. */
export interface HtmlFault extends LossOptions {
  readonly kind: "html";
  /** Status of the answer. Default: 200. */
  readonly status?: number;
}

/** 200 with JSON that stops halfway (`badJson`), or with nothing (`empty`). */
export interface UnreadableFault extends LossOptions {
  readonly kind: "badJson" | "empty";
}

/** A redirect to `location`. */
export interface RedirectFault extends LossOptions {
  readonly kind: "redirect";
  readonly location: string;
  /** Status of the answer. Default: 302. */
  readonly status?: number;
}

/** A failure that a test asks for. */
export type Fault =
  | AnswerFault
  | DelayFault
  | FieldsFault
  | BrokenFault
  | TrickleFault
  | HugeFault
  | HtmlFault
  | UnreadableFault
  | RedirectFault;

type FaultKind = NonNullable<Fault["kind"]>;

/** The fields of each kind, besides `kind`; those with `!` are required. */
const FIELDS: Readonly<Record<FaultKind, string>> = {
  answer: "times delayMs processed status body headers hang",
  delay: "times delayMs!",
  fields: "times delayMs fields omit",
  reset: "times delayMs processed",
  truncated: "times delayMs processed",
  trickle: "times delayMs processed trickleMs!",
  huge: "times delayMs processed mebibytes",
  gzipBomb: "times delayMs processed mebibytes",
  html: "times delayMs processed status",
  badJson: "times delayMs processed",
  empty: "times delayMs processed",
  redirect: "times delayMs processed location! status",
};

/** Every kind of failure. */
export const FAULT_KINDS: readonly string[] = Object.keys(FIELDS);

const RULES: Readonly<Record<string, (value: unknown) => boolean>> = {
  times: (value) => value === "always" || isInteger(value, 1, Infinity),
  delayMs: (value) => isInteger(value, 0, 600_000),
  trickleMs: (value) => isInteger(value, 1, 600_000),
  mebibytes: (value) => isInteger(value, 1, 1024),
  status: (value) => isInteger(value, 200, 599),
  location: (value) => typeof value === "string" && value !== "",
  headers: isRecord,
  fields: isRecord,
  omit: Array.isArray,
  processed: (value) => typeof value === "boolean",
  hang: (value) => typeof value === "boolean",
  body: () => true,
};

/** Throws a `TypeError` that names what is wrong, such as a misspelt field. */
export function assertFault(value: unknown): asserts value is Fault {
  if (!isRecord(value)) throw new TypeError("Cannot inject a fault: no object");
  const { kind = "answer", ...fields } = value;
  if (!isKind(kind)) {
    throw new TypeError(`Cannot inject a fault: no kind ${textOf(kind)}`);
  }
  const known = FIELDS[kind].split(" ");
  const required = known.filter((name) => name.endsWith("!"))
    .map((name) => name.slice(0, -1));
  const optional = known.filter((name) => !name.endsWith("!"));
  for (const name of required) check(kind, name, fields[name]);
  for (const [name, sent] of Object.entries(fields)) {
    if (required.includes(name) || sent === undefined) continue;
    if (!optional.includes(name)) {
      throw new TypeError(`Cannot inject a fault: ${kind} has no ${name}`);
    }
    check(kind, name, sent);
  }
}

function check(kind: FaultKind, name: string, value: unknown): void {
  if (RULES[name]?.(value)) return;
  throw new TypeError(
    `Cannot inject a fault: ${name} of ${kind} is ${JSON.stringify(value)}`,
  );
}

function isKind(kind: unknown): kind is FaultKind {
  return typeof kind === "string" && Object.hasOwn(FIELDS, kind);
}

function isInteger(value: unknown, min: number, max: number): boolean {
  return Number.isInteger(value) && Number(value) >= min &&
    Number(value) <= max;
}
