import { assertEquals, assertMatch, assertNotEquals } from "@std/assert";
import {
  codeChallenge,
  randomToken,
} from "../../src/oauth/authorization_request.ts";

Deno.test("codeChallenge() gives the example of RFC 7636, appendix B", async () => {
  assertEquals(
    await codeChallenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
    "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
  );
});

Deno.test("randomToken() is 43 base64url characters, never the same", () => {
  assertMatch(randomToken(), /^[\w-]{43}$/);
  assertNotEquals(randomToken(), randomToken());
});
