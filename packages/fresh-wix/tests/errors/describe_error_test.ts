import { assertEquals, assertStringIncludes } from "@std/assert";
import { HttpError } from "fresh";
import { describeError } from "../../src/errors/describe_error.ts";
import { AuthorizationError } from "../../src/oauth/authorization_error.ts";
import { SessionError } from "../../src/session/session_error.ts";
import { WixError } from "../../src/wix/wix_error.ts";

const wixError = (status: number, code?: string) =>
  new WixError({ status, code, description: "words of Wix", requestId: "1" });

const statuses: [name: string, error: unknown, status: number][] = [
  ["a session that ended", new SessionError("session_ended"), 401],
  ["a refresh that Wix refused", new SessionError("refresh_refused"), 503],
  ["a visitor at a page for members", new SessionError("login_required"), 401],
  ["a member without the badge", new SessionError("badge_required"), 403],
  ["a cancelled login", new AuthorizationError("access_denied"), 200],
  ["a refused login", new AuthorizationError("login_refused"), 400],
  ["a 403 of Wix", wixError(403, "PERMISSION_DENIED"), 403],
  ["a 404 of Wix", wixError(404), 404],
  ["an id that leads elsewhere", wixError(400, "INVALID_ID"), 404],
  ["any other 400 of Wix", wixError(400), 500],
  ["a 429 of Wix", wixError(429), 503],
  ["a 504 of Wix", wixError(504), 503],
  [
    "a call that local Wix lacks",
    wixError(501, "NOT_IMPLEMENTED_LOCALLY"),
    500,
  ],
  ["a missing collection", wixError(404, "WDE0025"), 500],
  ["refused credentials", wixError(503, "APP_CREDENTIALS_REFUSED"), 503],
  ["a refused client id", wixError(503, "CLIENT_ID_REFUSED"), 503],
  ["a page that is missing", new HttpError(404), 404],
  ["a wrong method", new HttpError(405), 405],
  ["a bug", new TypeError("x is undefined"), 500],
  ["something thrown", "text", 500],
];
for (const [name, error, status] of statuses) {
  Deno.test(`describeError() shows ${name} as ${status}, in our own words`, () => {
    const description = describeError(error);
    assertEquals(description.status, status);
    const shown = Deno.inspect(description);
    assertEquals(/words of Wix|undefined/.test(shown), false);
  });
}

const hints: [error: unknown, says: string][] = [
  [wixError(403, "PERMISSION_DENIED"), "auth.elevate(method)()"],
  [wixError(403, "NO_ELEVATED_CREDENTIALS"), "WIX_API_KEY"],
  [wixError(503, "APP_CREDENTIALS_REFUSED"), "WIX_CLIENT_SECRET"],
  [wixError(503, "CLIENT_ID_REFUSED"), "WIX_CLIENT_ID"],
  [wixError(400), 'Wix 400 - "words of Wix"'],
  [wixError(504), 'Wix 504 - "words of Wix"'],
  [wixError(501, "NOT_IMPLEMENTED_LOCALLY"), "/_local/fail"],
  [wixError(404, "WDE0025"), "Create a collection"],
  [new Error("WDE0025: There is no Nope."), "Create a collection"],
  [new TypeError("x is undefined"), "TypeError: x is undefined"],
  [new Error("no member ann@demo.example"), "Error: no member "],
];
for (const [error, says] of hints) {
  Deno.test(`describeError() shows "${says}" to developers only`, () => {
    const { hint = "" } = describeError(error, { developerHints: true });
    assertStringIncludes(hint, says);
    assertEquals(/\n|@demo|\.\./.test(hint), false, hint);
    assertEquals("hint" in describeError(error), false);
  });
}
