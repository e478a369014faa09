/**
 * Local Wix and a client that is not ours: Wix's own Astro integration, which
 * knows Wix's servers only, unmodified under Node.
 *
 * @module
 */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { SITE, startLocalWix } from "../src/mod.ts";
import { AstroSite } from "./helpers/astro_site.ts";
import { Browser, type Page } from "./helpers/browser.ts";
import { CHROMIUM_PATH, launchChromium } from "./helpers/chromium.ts";
import { loginForm } from "./helpers/http.ts";

const requested = Deno.env.get("SECOND_CLIENT") !== undefined;
const NOTE = requested
  ? ""
  : " (ignored: takes minutes and 400 MB from npm, set SECOND_CLIENT=1)";
const ANN = "ann@demo.example";
const LOGIN = "/api/auth/login?returnToUrl=/orders";

Deno.test({
  name: "Wix's Astro integration under Node runs against local Wix" + NOTE,
  ignore: !requested,
  async fn(test) {
    await using wix = await startLocalWix({ port: 0, log: () => {} });
    await using site = await AstroSite.start(wix.origin);
    const open = async (path: string, browser = new Browser()) =>
      await browser.follow(await browser.get(site.origin + path));
    const logIn = async (email: string) => {
      const browser = new Browser();
      const { url } = await open(LOGIN, browser);
      const sent = await browser.submit(url, loginForm(email));
      return { browser, page: await browser.follow(sent) };
    };

    await test.step("a visitor is one visitor on every page", async () => {
      const before = wix.controls.counters.grants.anonymous;
      const browser = new Browser();
      for (let visit = 0; visit < 3; visit++) {
        const { text } = await open("/", browser);
        assertStringIncludes(text, "<h1>visitor</h1>");
      }
      assertEquals(wix.controls.counters.grants.anonymous - before, 1);
    });

    await test.step("auth.elevate() may do what a visitor may not", async () => {
      const { text } = await open("/properties");
      assertStringIncludes(text, "Directly: 403");
      assertStringIncludes(text, "Elevated: USD");
    });

    await test.step("a member logs in and pages through their own orders", async () => {
      const { browser, page } = await logIn(ANN);
      assertEquals(page.url, `${site.origin}/orders`);
      const numbers = numbersOn(page);
      let next = nextOn(page);
      while (next) {
        const following = await open(next, browser);
        numbers.push(...numbersOn(following));
        next = nextOn(following);
      }
      assertEquals([numbers.length, new Set(numbers).size], [47, 47]);
      const home = await open("/", browser);
      assertStringIncludes(home.text, `<h1>${ANN}</h1>`);
      const { page: bens } = await logIn("ben@demo.example");
      assertEquals([bens.status, numbersOn(bens)], [200, []]);
    });

    await test.step("an expired token is refreshed, and the member stays", async () => {
      const { browser } = await logIn(ANN);
      browser.setCookies((value, name) =>
        name === "wixSession" ? expiredAMinuteAgo(value) : value
      );
      const before = wix.controls.counters.grants.refresh_token;
      assertEquals(numbersOn(await open("/orders", browser)).length, 10);
      assert(wix.controls.counters.grants.refresh_token > before);
    });

    await test.step("a canceled login leaves a visitor", async () => {
      const browser = new Browser();
      const { url } = await open(LOGIN.replace("orders", ""), browser);
      const sent = await browser.submit(url, { action: "cancel" });
      const page = await browser.follow(sent);
      assertStringIncludes(page.text, "<h1>visitor</h1>");
    });

    await test.step("a member logs out, here and at Wix", async () => {
      const { browser } = await logIn(ANN);
      const logout = `${site.origin}/api/auth/logout?returnToUrl=/`;
      const page = await browser.follow(await browser.submit(logout, {}));
      assertEquals(page.url, `${site.origin}/`);
      assertStringIncludes(page.text, "<h1>visitor</h1>");
      const again = await open(LOGIN, browser);
      assertEquals(new URL(again.url).origin, wix.origin);
    });

    await test.step("links to Wix's own pages lead to local Wix", async () => {
      const robots = await open("/robots.txt");
      assertStringIncludes(robots.text, "User-agent: *");
      const browser = new Browser();
      const link = await browser.get(`${site.origin}/_paylink/1`);
      assertEquals(link.location, `${wix.origin}/_paylink/1`);
      const admin = await browser.get(`${site.origin}/admin`);
      assertStringIncludes(admin.location ?? "", SITE.siteId);
    });

    await test.step({
      name: "a browser logs in, shows orders by its own code, logs out",
      ignore: CHROMIUM_PATH === undefined,
      fn: async () => await useChromium(site.origin, wix.origin),
    });

    assertEquals(wix.controls.counters.unanswered, 0);
    assertEquals(await site.end(), []);
  },
});

function numbersOn({ text }: Page): number[] {
  return [...text.matchAll(/<li>(\d+)/g)].map(([, number]) => Number(number));
}

function nextOn({ text }: Page): string | undefined {
  return /rel="next" href="([^"]+)"/.exec(text)?.[1];
}

/** A session cookie of the integration whose access token has expired. */
function expiredAMinuteAgo(cookie: string): string {
  const session = JSON.parse(decodeURIComponent(cookie));
  session.tokens.accessToken.expiresAt = Math.floor(Date.now() / 1000) - 60;
  return encodeURIComponent(JSON.stringify(session));
}

async function useChromium(site: string, wix: string): Promise<void> {
  await using browser = await launchChromium();
  const context = await browser.newContext();
  const problems: string[] = [];
  // No preload reaches the calls of a page itself.
  await context.route(/^https:\/\/[a-z]+\.wixapis\.com\//, async (route) => {
    const request = route.request();
    const { pathname, search } = new URL(request.url());
    const body = request.postData();
    const response = await fetch(wix + pathname + search, {
      method: request.method(),
      headers: request.headers(),
      ...(body !== null && { body }),
    });
    const headers = { "access-control-allow-origin": site };
    await route.fulfill({ json: await response.json(), headers });
  });
  const page = await context.newPage();
  page.on("pageerror", (error) => problems.push(error.message));
  await page.goto(site);
  await page.getByRole("link", { name: "Log in" }).click();
  await page.waitForURL(`${wix}/**`);
  await page.getByRole("button", { name: "Log in" }).click();
  await page.waitForURL(`${site}/orders`);
  const items = page.getByRole("listitem");
  assertEquals(await items.count(), 10);
  const [newest] = await items.allTextContents();
  await page.goto(`${site}/browser`);
  await page.waitForSelector(`p:has-text("${newest} ")`);
  await page.goto(site);
  assertEquals(await page.textContent("h1"), ANN);
  await page.getByRole("button", { name: "Log out" }).click();
  await page.waitForSelector("h1:has-text('visitor')");
  assertEquals([page.url(), ...problems], [`${site}/`]);
}
