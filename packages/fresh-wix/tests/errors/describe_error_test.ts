import { assertEquals, assertStringIncludes } from "@std/assert";
import { HttpError } from "fresh";
import { describeError } from "../../src/errors/describe_error.ts";
import { AuthorizationError } from "../../src/oauth/authorization_error.ts";
import {
  SessionEndedError,
  SessionInDoubtError,
} from "../../src/session/request_session.ts";
import { WixError } from "../../src/wix/wix_error.ts";

function wixError(status: number, code?: string): WixError {
  return new WixError({
    status,
    code,
    description: "words of Wix",
    requestId: "1.2",
  });
}

const statuses: [name: string, error: unknown, status: number][] = [
  ["a session that ended", new SessionEndedError(), 401],
  ["a session in doubt", new SessionInDoubtError(), 503],
  ["a cancelled login", new AuthorizationError("cancelled"), 200],
  ["a refused login", new AuthorizationError("refused"), 400],
  ["a 403 of Wix", wixError(403, "PERMISSION_DENIED"), 403],
  ["a 404 of Wix", wixError(404), 404],
  ["an id that leads elsewhere", wixError(400, "INVALID_ID"), 404],
  ["any other 400 of Wix", wixError(400), 500],
  ["a 429 of Wix", wixError(429), 503],
  ["a 504 of Wix", wixError(504), 503],
  ["refused credentials", wixError(401, "APP_CREDENTIALS_REFUSED"), 500],
  ["an unknown instance", wixError(404, "APP_CREDENTIALS_REFUSED"), 500],
  ["a page that is missing", new HttpError(404), 404],
  ["a wrong method", new HttpError(405), 405],
  ["a bug", new TypeError("x is undefined"), 500],
  ["something thrown", "text", 500],
];
for (const [name, error, status] of statuses) {
  Deno.test(`describeError() shows ${name} as ${status}, in our own words`, () => {
    const description = describeError(error, { developerHints: true });
    assertEquals(description.status, status);
    assertEquals(
      /words of Wix|undefined/.test(Deno.inspect(description)),
      false,
    );
  });
}

const hints: [error: WixError, says: string][] = [
  [wixError(403, "PERMISSION_DENIED"), "auth.elevate(method)()"],
  [wixError(403, "NO_ELEVATED_CREDENTIALS"), "WIX_API_KEY"],
  [wixError(401, "APP_CREDENTIALS_REFUSED"), "WIX_CLIENT_SECRET"],
];
for (const [error, says] of hints) {
  Deno.test(`describeError() of ${error.code} tells developers what to do, and only them`, () => {
    assertStringIncludes(
      describeError(error, { developerHints: true }).hint ?? "",
      says,
    );
    assertEquals("hint" in describeError(error), false);
  });
}
