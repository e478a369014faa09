import { assertEquals } from "@std/assert";
import { compareReplies } from "./compare.ts";

const FIRST = { app: "http://localhost:81", wix: "http://localhost:41" };
const SECOND = { app: "http://localhost:82", wix: "http://localhost:42" };

/** What two replies, `type: body` or `header: value`, differ in. */
const PAIRS: [first: string, second: string, kinds?: string][] = [
  ["html: <p id=a class=b>x &amp; y", "html: <p class=b id=a>x\n &#38; y"],
  ["html: <!--x--><i nonce=a></i>", "html: <i nonce=b></i>"],
  ["html: <i a=/assets/a-12345678.js>", "html: <i a=/assets/a-x.js>"],
  ["location: http://localhost:81/?a=", "location: http://localhost:82/?a="],
  ["location: /?%2F%2Flocalhost%3A41", "location: /?%2F%2Flocalhost%3A42"],
  ["set-cookie: a=1; Path=/; Secure", "set-cookie: a=2; Path=/; Secure"],
  ["vary: Cookie, Accept", "vary: Accept, Cookie"],
  ["vary: Cookie", "x-a: b", "header vary, header x-a"],
  ["set-cookie: a=1; HttpOnly", "set-cookie: a=1;", "header set-cookie"],
  ["html: <p>&quot;", "html: <p>&amp;quot;", "text in p"],
  ["html: <input value>", "html: <input>", "attribute value of input"],
  ["html: <i></i><i></i>", "html: <i></i>", "element i"],
  ["html: <p>x<p>y", "html: <p>y<p>x", "order"],
  ['json: {"a":1}', 'json: {"a":2}', "body, text/json"],
];
const TYPES: Record<string, string> = { html: "text/html", json: "text/json" };

function reply(text: string) {
  const [, name = "", value = ""] = /^([\w-]+): (.*)$/s.exec(text) ?? [];
  const type = TYPES[name];
  const headers = new Headers(
    type ? { "content-type": type } : { [name]: value },
  );
  return { status: 200, headers, body: type ? value : "" };
}

for (const [first, second, kinds = ""] of PAIRS) {
  Deno.test(`${first} and ${second} differ in "${kinds}"`, () => {
    const pair = [[reply(first), FIRST], [reply(second), SECOND]] as const;
    const found = compareReplies(...pair).map(({ kind }) => kind);
    assertEquals(found.join(", "), kinds);
  });
}
