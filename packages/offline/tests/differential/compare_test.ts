import { assertEquals } from "@std/assert";
import { compareReplies } from "./compare.ts";

const FIRST = { app: "http://localhost:8001", wix: "http://localhost:4401" };
const SECOND = { app: "http://localhost:8002", wix: "http://localhost:4402" };

/** What two replies, `type: body` or `header: value`, differ in. */
const PAIRS: [first: string, second: string, kinds?: string][] = [
  [
    "html: <p id=a class='b'>x &amp; y<br/>",
    'html: <p class="b" id="a">x\n &#38; y<br>',
  ],
  [
    "html: <!--x--><script nonce=a>1</script>",
    "html: <script nonce=b>2</script>",
  ],
  [
    'html: <link href="/assets/a-12345678.css">',
    'html: <link href="/assets/a-abcdefgh.css">',
  ],
  [
    "location: http://localhost:8001/?a=%2F%2Flocalhost%3A4401",
    "location: http://localhost:8002/?a=%2F%2Flocalhost%3A4402",
  ],
  ["set-cookie: a=1; Path=/; Secure", "set-cookie: a=2; Path=/; Secure"],
  ["vary: Cookie, Accept", "vary: Accept, Cookie"],
  ["vary: Cookie", "x-a: b", "header vary, header x-a"],
  ["location: /a", "location: /b", "header location"],
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
