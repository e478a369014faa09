/**
 * In what two responses differ, for a client.
 *
 * @module
 */
import type { WireResponse } from "@/tests/helpers/wire.ts";
import { documentFacts, type Fact } from "./document.ts";

/** Something that two responses to one request do not both say. */
export interface Difference {
  /** What it is about, such as `status 404 | 405`. */
  readonly kind: string;
  /** What only the first says. */
  readonly first: string;
  readonly second: string;
}

/** Where a side runs: its addresses are no differences. */
export interface Place {
  readonly app: string;
  readonly wix: string;
}

/** A response and where it came from. */
export type Placed = readonly [WireResponse, Place];

/**
 * Returns in what two responses to one request differ. When the statuses do,
 * nothing else is compared; the order only when all else is the same.
 */
export function compareReplies(first: Placed, second: Placed): Difference[] {
  const [{ status, body }, other] = [first[0], second[0]];
  if (status !== other.status) {
    const kind = `status ${status} | ${other.status}`;
    return [{ kind, first: body, second: other.body }];
  }
  const facts = [replyFacts(first), replyFacts(second)] as const;
  const left = [without(...facts), without(facts[1], facts[0])] as const;
  const kinds = new Set(left.flat().map(({ kind }) => kind));
  const values = (side: readonly Fact[], kind: string) =>
    side.filter((fact) => fact.kind === kind).map(({ value }) => value)
      .join("\n");
  const differences = [...kinds].map((kind) => {
    return {
      kind,
      first: values(left[0], kind),
      second: values(left[1], kind),
    };
  });
  const [one = [], two = []] = facts.map((side) => side.map(key));
  const at = one.findIndex((fact, index) => fact !== two[index]);
  if (differences.length > 0 || at < 0) return differences;
  return [{ kind: "order", first: one[at] ?? "", second: two[at] ?? "" }];
}

/** Returns the facts of `facts` that `others` does not have as often. */
function without(facts: readonly Fact[], others: readonly Fact[]): Fact[] {
  const left = Map.groupBy(others, key);
  return facts.filter((fact) => left.get(key(fact))?.pop() === undefined);
}

function key({ kind, value }: Fact): string {
  return `${kind}: ${value}`;
}

function replyFacts([{ headers, body }, place]: Placed): Fact[] {
  const type = headers.get("content-type")?.split(";")[0] ?? "";
  const text = normalize(body, place);
  const facts = [...headers].filter(([name]) => !IGNORED.includes(name))
    .map(([name, value]) => headerFact(name, value, place));
  if (type === "text/html") return [...facts, ...documentFacts(text)];
  // Each build has its own bundles.
  const isOpaque = headers.has("content-encoding") || type.endsWith("script");
  return isOpaque ? facts : [...facts, { kind: `body, ${type}`, value: text }];
}

const IGNORED = ["date", "connection"];

function headerFact(name: string, value: string, place: Place): Fact {
  const kind = `header ${name}`;
  // The length is that of the spelling, too.
  if (name === "content-length") return { kind, value: "present" };
  const words = normalize(value, place).split(/[,;] /);
  return { kind, value: words.sort().join(" ") };
}

/** What is new in each response or build, and what it is replaced by. */
const VOLATILE: readonly (readonly [RegExp, string])[] = [
  [/'nonce-[^']+'/g, "'nonce-…'"],
  [/\/assets\/[\w.~-]+\.js\b/g, "/assets/….js"],
  [/(\/assets\/[\w.~-]*?)-[\w-]{8}(\.\w+)/g, "$1-…$2"],
  // Cookies, whose names may hold an id.
  [/^(\w+?)([._][\w-]{12,})?(\.\d+)?=[^;]*(?=;)/g, "$1=…"],
  [/\bExpires=[^;]+/g, "Expires=…"],
  [/\b__frsh_c=[\w-]*/g, "__frsh_c=…"],
  [/"[0-9a-f]{64}"/g, '"…"'],
  // Parameters of a login (RFC 6749, RFC 7636) and of Wix's pages.
  [/\b(state|code|code_challenge|nonce|sessionToken)(=|%3D)[\w.~-]+/g, "$1$2…"],
  // References of errors, as in the log.
  [/(?<=<code ?>|[Rr]eference: )[0-9a-f]{8}\b/g, "…"],
  // The app's clock. That of Wix stands still.
  [/\b20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, "…"],
  // Wix's ids of requests: calls in parallel arrive in any order.
  [/\b\d{10}\.\d{15,}/g, "…"],
  [/\bwix-\d+;dur=[\d.]+/g, "wix;dur=…"],
];

/** Returns `text` without what is new in each response, build or process. */
function normalize(text: string, { app, wix }: Place): string {
  const hosts = [[app, "//app"], [wix, "//wix"]] as const;
  const steady = hosts.reduce((result, [origin, name]) => {
    const host = origin.replace("http:", "");
    return result.replaceAll(host, name)
      .replaceAll(encodeURIComponent(host), encodeURIComponent(name));
  }, text);
  return VOLATILE.reduce(
    (result, [pattern, name]) => result.replace(pattern, name),
    steady,
  );
}
