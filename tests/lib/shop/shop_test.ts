import { assertEquals } from "@std/assert";
import { formatMoney, lineProblem } from "@/lib/shop/cart_views.ts";
import { htmlToText, sanitizeHtml } from "@/lib/shop/sanitize_html.ts";
import { returnUrlFromWix } from "@/lib/shop/checkout.ts";
import { ROOT } from "@/tools/packages.ts";
import { filesBelow } from "../../helpers/files.ts";

const html: [source: string, safe: string][] = [
  ["<p>Clay &amp; <b class=x>tin</b></p>", "<p>Clay &amp; <b>tin</b></p>"],
  ["<P ONCLICK='x()'>a<br/>b", "<p>a<br>b</p>"],
  ["a<script>alert(1)</script>b<style>c", "ab"],
  ["<scr<script></script>ipt>alert(1)", "ipt&gt;alert(1)"],
  ["&lt;script&gt;alert(1)", "&lt;script&gt;alert(1)"],
  ["<p>a<b title='c>d", "<p>a<b></b></p>"],
  ["<img src=x onerror=x()><a href=javascript:x()>go</a>", "go"],
  ['<p title="a>b">c</p>', "<p>c</p>"],
  ["<ul><li>a<li>b</ul></div>", "<ul><li>a</li><li>b</li></ul>"],
  ["a <!-- <p> --> b & c < d", "a  b &amp; c &lt; d"],
  ["<svg><p>x</p></svg>y<math", "y"],
  ['<noscript><p title="</noscript><img src=x onerror=x()>">', ""],
];
Deno.test("sanitizeHtml() keeps text and a few elements without attributes", () => {
  for (const [source, safe] of html) assertEquals(sanitizeHtml(source), safe);
  assertEquals(htmlToText("<p>A &amp; B</p>\n<p>C</p>"), "A & B C");
  assertEquals(htmlToText("<p><span>A</span>, <b>b</b>c<br>d"), "A, bc d");
});

const PARTS = [
  ...["<", ">", "</", "/>", "<!--", "-->", "&", '"', "'", "=", " "],
  ...["<p", "<b>", "<br>", "<li>", "</ul>", "<script>", "<svg>", "<title>"],
];
Deno.test("sanitizeHtml() closes what it opens and escapes the rest", () => {
  for (const a of PARTS) {
    for (const b of PARTS) {
      for (const c of PARTS) {
        const source = `<ul>${a}${b}${c}x`;
        const open: string[] = [];
        const rest = sanitizeHtml(source).replace(
          /<(\/?)(p|b|br|li|ul)>/g,
          (_, slash, name) => {
            if (slash) assertEquals(open.pop(), name, source);
            else if (name !== "br") open.push(name);
            return "";
          },
        );
        assertEquals(open, [], source);
        assertEquals(/[<>]|&(?!amp;|lt;|gt;)/.test(rest), false, source);
      }
    }
  }
});

const amounts: [amount: string, currency: string | undefined, text: string][] =
  [
    ["9007199254740993.10", "USD", "$9,007,199,254,740,993.10"],
    ["1500", "JPY", "¥1,500"],
    ["0.10", "EUR", "€0.10"],
    ["5.00", undefined, "5.00"],
  ];
Deno.test("formatMoney() formats decimal text without calculating", () => {
  for (const [amount, currency, text] of amounts) {
    assertEquals(formatMoney({ amount }, currency), text);
  }
});

const quantityInfo = { requestedQuantity: 2, confirmedQuantity: 2 };
const statuses: [line: object, isFine: boolean][] = [
  [{ status: "IN_STOCK", quantityInfo }, true],
  [{ status: "OUT_OF_STOCK", quantityInfo }, false],
  [{ status: "REMOVED_FROM_CATALOG", quantityInfo }, false],
  [{ status: "IN_STOCK", quantityInfo: { requestedQuantity: 1 } }, false],
  [{ status: "IN_STOCK" }, false],
];
Deno.test("lineProblem() trusts no line that Wix does not confirm", () => {
  for (const [line, isFine] of statuses) {
    assertEquals(lineProblem(line) === undefined, isFine);
  }
});

Deno.test("returnUrlFromWix() stays on this site, whatever the URL says", () => {
  const visitor = { kind: "visitor", startedAt: 1, expiresAt: 2 } as const;
  const next = (path: string) =>
    returnUrlFromWix(new URL(path, "https://shop.example"), visitor);
  assertEquals(next("/cart?a=1"), undefined);
  assertEquals(next("/cart?wixMemberLoggedIn=false"), "/cart");
  assertEquals(
    next("/thank-you?orderId=1&wixMemberLoggedIn=true"),
    "/api/auth/login?prompt=none&returnToUrl=%2Fthank-you%3ForderId%3D1",
  );
});

/** What shops of others did wrong, as far as the code itself shows it. */
const mistakes: [mistake: string, pattern: RegExp][] = [
  ["buys the first variant, whatever was chosen", /variants(\?\.)?\[0\]/],
  ["calculates with money", /parseFloat|\.reduce\([^)]*(price|amount)/i],
  ["calls the cart as the app", /elevate\(\s*currentCart/],
  [
    "uses Cart V1 or Checkout V1",
    /\b(currentCart|cart|checkout)\b[^"]*from "@wix\/ecom"/,
  ],
  ["uses Catalog V1", /\bproducts\b[^"]*from "@wix\/stores"/],
  ["swallows an error", /catch\s*(\(\w*\))?\s*\{\s*\}|\.catch\(\(\)/],
  ["builds a callback from the request", /PageUrl: .*(url\.origin|req\.url)/],
  ["reads the SDK's id by its REST name", /\bcart\.id\b/],
];
Deno.test("the shop avoids common mistakes of Wix shops", async () => {
  const files = await filesBelow(`${ROOT}lib/shop`);
  const routes = ["cart.tsx", "checkout.ts", "thank-you.tsx"]
    .map((name) => `${ROOT}routes/${name}`);
  assertEquals(files.length > 8, true);
  for (const file of [...files, ...routes]) {
    const code = await Deno.readTextFile(file);
    for (const [mistake, pattern] of mistakes) {
      assertEquals(pattern.exec(code)?.[0], undefined, `${file} ${mistake}`);
    }
  }
});
