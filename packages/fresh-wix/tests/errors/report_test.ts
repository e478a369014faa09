import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { HttpError } from "fresh";
import { redact, redactTokens } from "../../src/errors/redact.ts";
import { errorSummary } from "../../src/errors/report.ts";
import { AuthorizationError } from "../../src/oauth/authorization_error.ts";
import { SessionError } from "../../src/session/session_error.ts";
import { WixError } from "../../src/wix/wix_error.ts";

const wixError = (code: string, description: string, requestId?: string) =>
  new WixError({ status: 400, code, description, requestId });
const cause = wixError("invalid_request", "no good", "1.2");
const FACTS = 'Wix 400 invalid_request "no good" request-id=1.2';
const REFUSED = new AuthorizationError("login_refused", { cause });
const DISGUISED = new SessionError("session_ended", { cause });
Object.assign(DISGUISED, { message: "System error occurred", code: "X" });
const LINES = wixError("a\nb", "c\r\n200 GET / ref=forged");
const known: [error: Error, says: string][] = [
  [cause, FACTS],
  [REFUSED, `login_refused" because: ${FACTS}`],
  [DISGUISED, `SessionError session_ended because: ${FACTS}`],
  [new HttpError(500, "why"), "why"],
  [LINES, 'Wix 400 a b "c 200 GET / ref=forged" request-id=-'],
];
for (const [error, says] of known) {
  Deno.test(`errorSummary() returns one line without a stack: ${says}`, () => {
    const text = errorSummary(error);
    assertStringIncludes(text, says);
    assertEquals(text.includes("\n"), false);
  });
}

Deno.test("errorSummary() has the stack of an unexpected error, and its cause", () => {
  const text = errorSummary(new TypeError("x is undefined", { cause }));
  assertMatch(text, /TypeError: x is undefined\n +at /);
  assertStringIncludes(text, FACTS);
});

Deno.test("errorSummary() omits tokens, addresses and thrown values that are not errors (S6)", () => {
  const text = errorSummary(new Error("for JWS.abc.def of ann@demo.example"));
  assertEquals(/JWS|ann@/.test(text), false);
  assertEquals(errorSummary({ token: "secret" }), "thrown: object");
});

const secrets = [
  "OauthNG.JWS.eyJraWQiOiJ4In0.eyJkYXRhIjoieSJ9.c2lnbmF0dXJl",
  "JWS.eyJraWQiOiJ4In0.eyJkYXRhIjoieSJ9.c2lnbmF0dXJl",
  "eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..iv.cipher-text.tag",
  "ann.archer+shop@demo.example",
];
for (const secret of secrets) {
  Deno.test(`redact() removes ${secret.slice(0, 12)}…`, () => {
    const text = redact(`Failed: {"token":"${secret}"} at x`);
    assertEquals(text, 'Failed: {"token":"[redacted]"} at x');
  });
}

Deno.test("redact() keeps stack locations and a megabyte without a break; redactTokens() keeps addresses", () => {
  const place = "at f (file:///app/node_modules/.deno/react@19.3.1/index.js:3)";
  for (const text of [place, "a".repeat(1_000_000)]) {
    assertEquals(redact(text), text);
  }
  const text = "of a@b.example";
  assertEquals(redactTokens(`JWS.a.b ${text}`), `[redacted] ${text}`);
});
