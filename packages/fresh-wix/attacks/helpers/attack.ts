/**
 * Tests that try many hostile cases, and what holds for every response.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { TEST_HOST } from "@/tests/helpers/app.ts";
import { ROOT } from "@/tools/packages.ts";
import type { WireResponse } from "@/tests/helpers/wire.ts";

/** What became of a test, for `deno task attacks`. */
export type Outcome =
  & Record<"cases" | "failures" | "seconds", number>
  & { readonly name: string; readonly ignored?: string };

/** Variable that names the file to which outcomes are added. */
export const OUTCOMES_FILE = "FRESH_WIX_ATTACK_OUTCOMES";

let cases = 0;
let failures = 0;

/** Returns what a row expects: the first on workerd, the second elsewhere. */
export function onWorkerd<T>(there: T, elsewhere: T): T {
  return TEST_HOST === "workerd" ? there : elsewhere;
}

/** Options of {@link test}. */
export interface TestOptions {
  /** Why the test is ignored on hosts other than Deno. */
  readonly denoOnly?: string;
}

/** Registers a test, whose name begins with its goal and rows: `G2 T9: …`. */
export function test(
  name: string,
  run: () => Promise<void>,
  { denoOnly }: TestOptions = {},
): void {
  const ignored = TEST_HOST && denoOnly;
  if (ignored !== undefined) {
    addOutcome({ name, cases: 0, failures: 0, seconds: 0, ignored });
  }
  Deno.test({
    name,
    ignore: ignored !== undefined,
    // The file's app and its connections outlive a test.
    sanitizeOps: false,
    sanitizeResources: false,
    async fn() {
      [cases, failures] = [0, 0];
      const startedAt = performance.now();
      await run().catch((error) => {
        failures ||= 1;
        throw error;
      }).finally(() => {
        const seconds = (performance.now() - startedAt) / 1_000;
        addOutcome({ name, cases: cases || 1, failures, seconds });
      });
    },
  });
}

function addOutcome(outcome: Outcome): void {
  const path = Deno.env.get(OUTCOMES_FILE);
  if (path === undefined) return;
  const line = `${JSON.stringify(outcome)}\n`;
  Deno.writeTextFileSync(path, line, { append: true });
}

/** A case, or its name and more: the row and what it tries. */
export type Case = string | readonly [name: string, ...rest: unknown[]];

/** Tries every case; fails with all of those that fail, by name, or without any. */
export async function tryEach<T extends Case>(
  all: Iterable<T>,
  run: (one: T) => unknown,
  { atOnce = 1 } = {},
): Promise<void> {
  const failed: string[] = [];
  const before = cases;
  const left = Iterator.from(all);
  const worker = async () => {
    for (const one of left) {
      cases++;
      try {
        await run(one);
      } catch (error) {
        failed.push(`${JSON.stringify([one].flat()[0])}: ${error}`);
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  failures += failed.length;
  assert(cases > before, "There are no cases");
  const shown = failed.slice(0, 20).join("\n");
  assert(failed.length === 0, `${failed.length} cases failed:\n${shown}`);
}

/** Tries generated cases, always the same ones; fails with the smallest. */
export async function tryGenerated<T>(
  runs: number,
  arbitrary: fc.Arbitrary<T>,
  run: (generated: T) => unknown,
): Promise<void> {
  const property = fc.asyncProperty(arbitrary, async (generated) => {
    cases++;
    await run(generated);
  });
  await fc.assert(property, { numRuns: runs, seed: 1 });
}

/** Returns a text's words, or its parts between bars or other separators. */
export function list(text: string, separator?: string) {
  const between = separator ?? (text.includes("|") ? "|" : /\s+/);
  return text.trim().split(between).map((part) => part.trim());
}

/** What {@link assertAlways} cannot know by itself. */
export interface AlwaysOptions {
  /** Statuses of 500 and more that are right here. */
  readonly may?: readonly number[];
  /** Parts of the request that the body must not repeat. */
  readonly unechoed?: readonly string[];
}

const STACK = /\n\s+at .+:\d+:\d+|file:\/\//;
/** Tokens and codes of Wix, and sealed values; cursors have no dots. */
const TOKEN = /JWS\.|\beyJ[\w-]{10,}\.[\w-]*\./;
const OUR_COOKIE = new RegExp(
  "^(?:__Host-)?(?:(?:wix_visitor|wix_session(?:_[\\w-]{16})?)(?:\\.\\d)?|wix_login\\.[\\w-]{12})" +
    "=[\\w.~-]*" +
    "(?:; (?:Secure|HttpOnly|SameSite=Lax|Path=/|Max-Age=\\d+|Expires=[\\w,: ]+))*$",
);

/** Asserts what holds for every response, whatever was requested. */
export function assertAlways(
  { status, headers, body }: WireResponse,
  { may = [], unechoed = [] }: AlwaysOptions = {},
): void {
  assert(status !== 0, "no response");
  assert(status < 500 || may.includes(status), `status ${status}`);
  assert(!STACK.test(body), "a stack in the body");
  assert(!body.includes(ROOT), "a path of the server in the body");
  assert(!TOKEN.test(body), "a token in the body");
  const echoed = unechoed.find((input) =>
    body.includes(input) || body.includes(encodeURIComponent(input))
  );
  assert(echoed === undefined, `the body repeats ${echoed?.slice(0, 40)}`);
  for (const line of headers.getSetCookie()) {
    assert(OUR_COOKIE.test(line), `Set-Cookie: ${line.slice(0, 60)}`);
  }
  // A response with our policy has passed the session step.
  const policy = headers.get("content-security-policy");
  assert(policy?.includes("frame-ancestors 'none'") ?? true, `${policy}`);
  if (policy !== null || headers.has("set-cookie")) assertPrivate(headers);
}

/** Asserts that no shared cache keeps a response. */
export function assertPrivate(headers: Headers): void {
  const vary = headers.get("vary")?.toLowerCase().split(/, */) ?? [];
  assert(vary.includes("cookie"), `Vary: ${vary}`);
  assertEquals(headers.get("cache-control"), "private, no-store");
}
