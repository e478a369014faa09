import { assertEquals } from "@std/assert";
import { redact, redactTokens } from "../../src/errors/redact.ts";

const secrets = [
  "OauthNG.JWS.eyJraWQiOiJ4In0.eyJkYXRhIjoieSJ9.c2lnbmF0dXJl",
  "JWS.eyJraWQiOiJ4In0.eyJkYXRhIjoieSJ9.c2lnbmF0dXJl",
  "eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..iv.cipher-text.tag",
  "ann.archer+shop@demo.example",
];
for (const secret of secrets) {
  Deno.test(`redact() removes ${secret.slice(0, 12)}…`, () => {
    assertEquals(
      redact(`Failed: {"token":"${secret}"} at x`),
      'Failed: {"token":"[redacted]"} at x',
    );
  });
}

Deno.test("redactTokens() leaves e-mail addresses", () => {
  assertEquals(
    redactTokens("JWS.a.b of ann@demo.example"),
    "[redacted] of ann@demo.example",
  );
});

Deno.test("redact() leaves the places of a stack alone", () => {
  const place = "at f (file:///app/node_modules/.deno/react@19.3.1/index.js:3)";
  assertEquals(redact(place), place);
});

Deno.test("redact() gets through a megabyte without a break in it", () => {
  const text = "a".repeat(1_000_000);
  assertEquals(redact(text), text);
});
