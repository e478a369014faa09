import { assertEquals } from "@std/assert";
import { compareReplies } from "./compare.ts";
import type { Reply } from "./send.ts";

const FIRST = { app: "http://localhost:8001", wix: "http://localhost:4401" };
const SECOND = { app: "http://localhost:8002", wix: "http://localhost:4402" };

/** Returns the kinds of differences between two responses. */
function kinds(first: Partial<Reply>, second: Partial<Reply>): string[] {
  const none = { status: 200, headers: new Headers(), body: "" };
  return compareReplies(
    [{ ...none, ...first }, FIRST],
    [{ ...none, ...second }, SECOND],
  ).map(({ kind }) => kind);
}

function headers(fields: Record<string, string>): Partial<Reply> {
  return { headers: new Headers(fields) };
}

function html(body: string): Partial<Reply> {
  return { ...headers({ "content-type": "text/html; charset=utf-8" }), body };
}

function json(body: string): Partial<Reply> {
  return { ...headers({ "content-type": "application/json" }), body };
}

const EQUAL: readonly [what: string, Partial<Reply>, Partial<Reply>][] = [
  [
    "documents in other spellings",
    html('<p id=a class="b">x &amp; y<br/></p>'),
    html('<!--x--><p class="b"  id="a" data-frsh-key="1">x\n &#38; y<br></p>'),
  ],
  [
    "nonces",
    html('<script nonce="a">1</script>'),
    html('<script nonce="b">2</script>'),
  ],
  [
    "nonces of a policy",
    headers({ "content-security-policy": "script-src 'nonce-a'" }),
    headers({ "content-security-policy": "script-src 'nonce-b'" }),
  ],
  [
    "names of built files",
    html('<link href="/assets/a-12345678.css">'),
    html('<link href="/assets/a-abcdefgh.css">'),
  ],
  [
    "origins of the sides",
    headers({ location: "http://localhost:8001/?to=%2F%2Flocalhost%3A4401" }),
    headers({ location: "http://localhost:8002/?to=%2F%2Flocalhost%3A4402" }),
  ],
  [
    "values of cookies",
    headers({ "set-cookie": "a=1; Path=/; HttpOnly" }),
    headers({ "set-cookie": "a=2; HttpOnly; Path=/" }),
  ],
  [
    "the order of a header's words",
    headers({ vary: "Cookie, Accept" }),
    headers({ vary: "Accept, Cookie" }),
  ],
  ["the order of names in JSON", json('{"a":1,"b":2}'), json('{"b":2,"a":1}')],
];

for (const [what, first, second] of EQUAL) {
  Deno.test(`compareReplies() ignores ${what}`, () => {
    assertEquals(kinds(first, second), []);
  });
}

const DIFFERENT: readonly [kind: string, Partial<Reply>, Partial<Reply>][] = [
  ["status 404 | 405", { status: 404 }, { status: 405 }],
  ["header vary, first only", headers({ vary: "Cookie" }), {}],
  ["header location", headers({ location: "/a" }), headers({ location: "/b" })],
  [
    "cookie a",
    headers({ "set-cookie": "a=1; HttpOnly" }),
    headers({ "set-cookie": "a=1" }),
  ],
  [
    "cookie b, second only",
    headers({ "set-cookie": "a=1" }),
    { headers: new Headers([["set-cookie", "a=1"], ["set-cookie", "b=1"]]) },
  ],
  ["text in p", html("<p>&quot;"), html("<p>&amp;quot;")],
  [
    "attribute value of input, first only",
    html("<input value>"),
    html("<input>"),
  ],
  ["element b, second only", html("<p>x"), html("<p>x<b></b>")],
  ["element i, first only", html("<i></i><i></i>"), html("<i></i>")],
  ["order", html("<p>x<p>y"), html("<p>y<p>x")],
  ["JSON .a[].b", json('{"a":[{"b":1}]}'), json('{"a":[{"b":2}]}')],
  ["malformed JSON", json("{"), json("[")],
  ["body, ", { body: "a" }, { body: "b" }],
];

for (const [kind, first, second] of DIFFERENT) {
  Deno.test(`compareReplies() finds "${kind}"`, () => {
    assertEquals(kinds(first, second), [kind]);
  });
}
