/**
 * What holds for every answer of the app, whatever was asked
 *
 * @module
 */
import { ROOT } from "@/tools/packages.ts";
import type { WireAnswer } from "./wire.ts";

/** What {@link alwaysProblem} cannot know by itself. */
export interface AlwaysOptions {
  /** Statuses of 500 and more that this row says are right. */
  readonly may5xx?: readonly number[];
  /** Parts of the request that the body must not repeat. */
  readonly inputs?: readonly string[];
}

const STACK = /\n\s+at .+:\d+:\d+|file:\/\//;
/** Tokens and codes of Wix, and sealed values; cursors have no dots. */
const TOKEN = /JWS\.|\beyJ[\w-]{10,}\.[\w-]*\./;
const OUR_COOKIE = new RegExp(
  "^(?:__Host-)?(?:(?:wix_visitor|wix_session(?:_[\\w-]{16})?)(?:\\.\\d)?|wix_login\\.[\\w-]{12})" +
    "=[\\w.~-]*" +
    "(?:; (?:Secure|HttpOnly|SameSite=Lax|Path=/|Max-Age=\\d+|Expires=[\\w,: ]+))*$",
);

/** Returns what is wrong with an answer in every case, else `undefined`. */
export function alwaysProblem(
  answer: WireAnswer,
  { may5xx = [], inputs = [] }: AlwaysOptions = {},
): string | undefined {
  const { status, headers, body } = answer;
  if (status === 0) return "no answer";
  if (status >= 500 && !may5xx.includes(status)) return `status ${status}`;
  if (STACK.test(body)) return "a stack in the body";
  if (body.includes(ROOT)) return "a path of the server in the body";
  if (TOKEN.test(body)) return "a token in the body";
  const echo = inputs.find((input) =>
    body.includes(input) || body.includes(encodeURIComponent(input))
  );
  if (echo !== undefined) {
    return `the body repeats ${JSON.stringify(echo.slice(0, 40))}`;
  }
  return cookieProblem(headers) ?? cacheProblem(headers);
}

function cookieProblem(headers: Headers): string | undefined {
  const foreign = headers.getSetCookie().find((line) => !OUR_COOKIE.test(line));
  return foreign === undefined
    ? undefined
    : `a Set-Cookie line that is not ours: ${foreign.slice(0, 60)}`;
}

/** Every answer with our policy has passed the session step. */
function cacheProblem(headers: Headers): string | undefined {
  const personal = headers.has("content-security-policy") ||
    headers.has("set-cookie");
  if (!personal) return undefined;
  const cache = headers.get("cache-control");
  const vary = headers.get("vary")?.toLowerCase().split(/, */) ?? [];
  return cache === "private, no-store" && vary.includes("cookie")
    ? undefined
    : `Cache-Control: ${cache}, Vary: ${vary.join()}`;
}

/** Returns the first of several problems. */
export function firstProblem(
  ...problems: readonly (string | false | undefined)[]
): string | undefined {
  return problems.find((problem) => typeof problem === "string") || undefined;
}
