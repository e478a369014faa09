import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { HttpError } from "fresh";
import { errorSummary } from "../../src/errors/report.ts";
import { AuthorizationError } from "../../src/oauth/authorization_error.ts";
import { SessionError } from "../../src/session/session_error.ts";
import { WixError } from "../../src/wix/wix_error.ts";

const WIX_ERROR = new WixError({
  status: 400,
  code: "invalid_request",
  description: "no good",
  requestId: "1.2",
});
const FACTS = 'Wix 400 invalid_request "no good" request-id=1.2';

const known: [name: string, error: Error, says: string][] = [
  ["a failure of Wix", WIX_ERROR, FACTS],
  [
    "a failed login",
    new AuthorizationError("login_refused", { cause: WIX_ERROR }),
    `login_refused" because: ${FACTS}`,
  ],
  [
    "a session that ended, with the SDK's own message",
    Object.assign(new SessionError("session_ended", { cause: WIX_ERROR }), {
      message: "System error occurred",
    }),
    `SessionError session_ended because: ${FACTS}`,
  ],
  ["an HTTP error", new HttpError(500, "why"), "why"],
  [
    "words of Wix that have more lines",
    new WixError({
      status: 400,
      code: "a\nb",
      description: "c\r\n200 GET / ref=forged",
      requestId: undefined,
    }),
    'Wix 400 a b "c 200 GET / ref=forged" request-id=-',
  ],
];
for (const [name, error, says] of known) {
  Deno.test(`errorSummary() is one line about ${name}, without a stack`, () => {
    const text = errorSummary(error);
    assertStringIncludes(text, says);
    assertEquals(text.includes("\n"), false);
  });
}

Deno.test("errorSummary() has the stack of what nobody expected, and its cause", () => {
  const text = errorSummary(
    new TypeError("x is undefined", { cause: WIX_ERROR }),
  );
  assertMatch(text, /TypeError: x is undefined\n +at /);
  assertStringIncludes(text, FACTS);
});

Deno.test("errorSummary() does not say what was thrown instead of an error", () => {
  assertStringIncludes(errorSummary({ token: "secret" }), "thrown: object");
});

Deno.test("errorSummary() has neither tokens nor addresses (S6)", () => {
  const text = errorSummary(new Error("for JWS.abc.def of ann@demo.example"));
  assertEquals(/JWS|ann@/.test(text), false);
});
