/**
 * Local Wix and a client that nobody here wrote. Wix's own Astro integration
 * knows Wix's servers only, and is not changed: what it asks for is what local
 * Wix has to answer.
 *
 * @module
 */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { SITE, startLocalWix } from "../src/mod.ts";
import { Browser, type Page } from "@/tests/helpers/browser.ts";
import { CHROMIUM_PATH, launchChromium } from "@/tests/helpers/chromium.ts";
import { ANN, BEN, logIn } from "@/tests/helpers/site.ts";
import { AstroSite } from "./helpers/astro_site.ts";

const asked = Deno.env.get("SECOND_CLIENT") !== undefined;
const NOTE = asked
  ? ""
  : " (ignored: takes minutes and 400 MB from npm, set SECOND_CLIENT=1)";

Deno.test({
  name: "Wix's Astro integration under Node runs against local Wix" + NOTE,
  ignore: !asked,
  async fn(test) {
    await using wix = await startLocalWix({ port: 0, log: () => {} });
    await using site = await AstroSite.start(wix.origin);
    const visitor = () => new Browser(site.origin);
    const member = async (email: string) => {
      const browser = visitor();
      return { browser, page: await logIn(browser, LOGIN, email) };
    };

    await test.step("a visitor is one visitor on every page", async () => {
      const before = wix.controls.counters.grants;
      const browser = visitor();
      for (let visit = 0; visit < 3; visit++) {
        const page = await browser.open("/", HTML);
        assertStringIncludes(page.body, "<h1>visitor</h1>");
      }
      const { anonymous } = wix.controls.counters.grants;
      assertEquals(anonymous - before.anonymous, 1);
    });

    await test.step("auth.elevate() is allowed what a visitor is refused", async () => {
      const { body } = await visitor().open("/properties", HTML);
      assertStringIncludes(body, "Directly: 403");
      assertStringIncludes(body, "Elevated: USD");
    });

    await test.step("a member logs in and pages through the orders", async () => {
      const { browser, page } = await member(ANN);
      assertEquals(page.url.pathname, "/orders");
      const numbers = await numbersFrom(page, browser);
      assert(numbers.length > 20);
      assertEquals(new Set(numbers).size, numbers.length);
      const { body } = await browser.open("/", HTML);
      assertStringIncludes(body, `<h1>${ANN}</h1>`);
    });

    await test.step("another member does not see them", async () => {
      const { page } = await member(BEN);
      assertEquals([page.status, numbersOn(page)], [200, []]);
    });

    await test.step("a token at its end is renewed, and the member stays", async () => {
      const { browser } = await member(ANN);
      const { hostname } = new URL(site.origin);
      const cookie = browser.cookie(hostname, SESSION) ?? "";
      browser.setCookie(hostname, SESSION, endedAMinuteAgo(cookie));
      const before = wix.controls.counters.grants.refresh_token;
      const page = await browser.open("/orders", HTML);
      assertEquals(numbersOn(page).length, 10);
      assert(wix.controls.counters.grants.refresh_token > before);
    });

    await test.step("a cancelled login leaves a visitor", async () => {
      const browser = visitor();
      const loginPage = await browser.open(LOGIN.replace("orders", ""), HTML);
      const page = await browser.submit(loginPage, 'name="password"', {
        action: "cancel",
      });
      assertEquals(page.url.origin, site.origin);
      assertStringIncludes(page.body, "<h1>visitor</h1>");
    });

    await test.step("a member logs out, here and at Wix", async () => {
      const { browser } = await member(ANN);
      const home = await browser.open("/", HTML);
      const page = await browser.submit(home, "Log out");
      assertEquals(page.url.href, `${site.origin}/`);
      assertStringIncludes(page.body, "<h1>visitor</h1>");
      const loginPage = await browser.open(LOGIN, HTML);
      assertEquals(loginPage.url.origin, wix.origin);
    });

    await test.step("the ways to Wix's own pages lead to local Wix", async () => {
      const browser = visitor();
      const robots = await browser.open("/robots.txt");
      assertStringIncludes(robots.body, "User-agent: *");
      const payLink = await browser.request("/_paylink/1");
      assertEquals(payLink.headers.get("location"), `${wix.origin}/_paylink/1`);
      const admin = await browser.request("/admin");
      assertStringIncludes(admin.headers.get("location") ?? "", SITE.siteId);
    });

    await test.step({
      name: "a browser logs in, shows orders with code of its own, logs out",
      ignore: CHROMIUM_PATH === undefined,
      fn: async () => await useChromium(site.origin, wix.origin),
    });

    assertEquals(wix.controls.counters.unanswered, 0);
    assertEquals(await site.end(), []);
  },
});

/** The integration keeps sessions of those only who ask for pages. */
const HTML = { headers: { accept: "text/html" } };
const LOGIN = "/api/auth/login?returnToUrl=/orders";
const SESSION = "wixSession";

function numbersOn({ body }: Page): number[] {
  return [...body.matchAll(/<li>(\d+)/g)].map(([, text]) => Number(text));
}

/** The numbers on `page` and all that follow it. */
async function numbersFrom(page: Page, browser: Browser): Promise<number[]> {
  const next = /rel="next" href="([^"]+)"/.exec(page.body)?.[1];
  if (!next) return numbersOn(page);
  const following = await browser.open(next, HTML);
  return [...numbersOn(page), ...await numbersFrom(following, browser)];
}

/** A session cookie of the integration, of a client that was slow to return. */
function endedAMinuteAgo(cookie: string): string {
  const session = JSON.parse(decodeURIComponent(cookie));
  session.tokens.accessToken.expiresAt = Math.floor(Date.now() / 1000) - 60;
  return encodeURIComponent(JSON.stringify(session));
}

async function useChromium(site: string, wix: string): Promise<void> {
  await using browser = await launchChromium();
  const context = await browser.newContext();
  const problems: string[] = [];
  // No preload reaches what a page asks Wix for by itself.
  await context.route(/^https:\/\/[a-z]+\.wixapis\.com\//, async (route) => {
    const request = route.request();
    const { pathname, search } = new URL(request.url());
    const body = request.postData();
    const answer = await fetch(wix + pathname + search, {
      method: request.method(),
      headers: request.headers(),
      ...(body !== null && { body }),
    });
    const headers = { "access-control-allow-origin": site };
    await route.fulfill({ json: await answer.json(), headers });
  });
  const page = await context.newPage();
  page.on("pageerror", (error) => problems.push(error.message));
  await page.goto(site);
  await page.click("text=Log in");
  await page.waitForURL(`${wix}/**`);
  await page.fill('[name="password"]', "any");
  await page.click('button:has-text("Log in")');
  await page.waitForURL(`${site}/orders`);
  assertEquals(await page.locator("li").count(), 10);
  const [newest] = await page.locator("li").allTextContents();
  await page.goto(`${site}/browser`);
  await page.waitForSelector(`p:has-text("${newest} ")`);
  await page.goto(site);
  assertEquals(await page.textContent("h1"), ANN);
  await page.click("text=Log out");
  await page.waitForSelector("h1:has-text('visitor')");
  assertEquals(page.url(), `${site}/`);
  assertEquals(problems, []);
}
