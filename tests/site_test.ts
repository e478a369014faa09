import { assertEquals, assertStringIncludes } from "@std/assert";
import { SITE } from "@/lib/site.ts";
import { callsModule } from "@/tools/gateway_calls.ts";
import { ROOT } from "@/tools/packages.ts";
import { attributes, shownUser, text } from "./helpers/document.ts";
import { test } from "./helpers/shared_site.ts";
import { ANN, logIn } from "./helpers/site.ts";

test("the home page shows the site's name to a visitor", async ({ site }) => {
  const page = await site.visitor().open("/");
  assertEquals(text(page.document, ".brand"), SITE.name);
  assertEquals(shownUser(page), "Visitor");
});

test("a members-only page returns to itself after the login", async ({ site }) => {
  const browser = site.visitor();
  const page = await logIn(browser, "/account", ANN);
  assertEquals([page.url.pathname, shownUser(page)], ["/account", "Ann"]);
});

test("a missing page is a 404 with the site's header", async ({ site }) => {
  const page = await site.visitor().request("/no-such-page");
  assertEquals(page.status, 404);
  assertStringIncludes(text(page.document, "header") ?? "", SITE.name);
});

test.member("every link of the home page and the account page leads to a page", async ({ ann, site }) => {
  const broken = [];
  for (
    const [browser, path] of [[site.visitor(), "/"], [ann, "/account"]] as const
  ) {
    const { document, url } = await browser.open(path);
    for (const href of new Set(attributes(document, "a", "href"))) {
      const target = new URL(href, url);
      if (target.origin !== url.origin) continue;
      const { status } = await browser.open(target.href);
      if (status >= 400) broken.push(`${href}: ${status}`);
    }
  }
  assertEquals(broken, []);
});

test("lib/gateway_calls.ts lists the calls of the islands: if not, run deno task gateway", async () => {
  const calls = await Deno.readTextFile(`${ROOT}lib/gateway_calls.ts`);
  assertEquals(calls, await callsModule(ROOT));
});
