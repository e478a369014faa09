import { assertEquals } from "@std/assert";
import type { Page, Request, Response } from "playwright-core";
import { startLocalWix } from "@/packages/local-wix/src/mod.ts";
import { localSettings } from "../helpers/app.ts";
import { test } from "../helpers/browser_story.ts";
import { startDevServer } from "../helpers/dev_server.ts";
import { ANN } from "../helpers/site.ts";
import { openAs } from "../helpers/tab.ts";

const ISLANDS = "/islands";
const LOGIN = "/api/auth/login?returnToUrl=/islands";
/** A member whom only she herself may see. */
const CHIARA = "chiara@demo.example";

/** Tokens of Wix, and what is sealed. */
const SECRET = /JWS\.|\beyJ[\w-]{10,}/;

test("islands call Wix as the visitor, then as the member, in the same tab; no token reaches the browser", async ({ site, browser, t }) => {
  const page = await browser.newPage();
  const answers: Promise<string>[] = [];
  const requests: Promise<string>[] = [];
  page.on("response", (response) => answers.push(textOfAnswer(response)));
  page.on("request", (request) => requests.push(textOfRequest(request)));
  const fetched = await watchFetches(page);

  await t.step("a visitor finds who is public", async () => {
    await page.goto(site.app.origin + ISLANDS);
    await searchFor(page, "an", ["Ann"]);
    await searchFor(page, "Chiara", []);
  });

  await t.step("a member finds herself, too", async () => {
    await openAs(CHIARA, page, site, LOGIN, ISLANDS);
    await searchFor(page, "chiara", ["Chiara"]);
  });

  await t.step("renewals are the server's affair", async () => {
    site.wix.controls.expireAccessTokens();
    await searchFor(page, "Ben", ["Ben"]);
    await searchFor(page, "Chiara", ["Chiara"]);
    assertEquals(site.grants().refresh_token, 1);
  });

  await t.step(
    "nothing that the browser got or keeps has a token",
    async () => {
      const got = await Promise.all(answers);
      const sent = await Promise.all(requests);
      assertEquals(got.length > 20, true);
      assertEquals(fetched.some((text) => text.includes('"Chiara')), true);
      assertEquals(sent.some((text) => /x-wix-gateway/i.test(text)), true);
      const all = [...got, ...sent, ...fetched];
      assertEquals(all.filter((text) => SECRET.test(text)), []);
      const kept = await page.evaluate(async () => [
        document.cookie,
        ...Object.keys(localStorage),
        ...Object.keys(sessionStorage),
        ...await indexedDB.databases(),
        ...await caches.keys(),
      ]);
      assertEquals(kept, [""]);
    },
  );
});

test("an island learns with status 401 that the session has ended", async ({ site, browser }) => {
  const page = await browser.newPage();
  await openAs(ANN, page, site, LOGIN, ISLANDS);
  site.wix.controls.expireAccessTokens();
  site.wix.controls.revokeRefreshTokens();
  await page.fill("#name", "Ann");
  await page.getByText("Your session has ended").waitFor();
  // The next call is a visitor's.
  await searchFor(page, "Ben", ["Ben"]);
});

test("several calls of somebody new begin one session (X21)", async ({ site, browser }) => {
  const page = await browser.newPage();
  await page.goto(site.app.origin + ISLANDS);
  await page.context().clearCookies();
  const before = site.grants().anonymous ?? 0;
  site.wix.controls.latencyMilliseconds = 50;
  await page.locator("#name").pressSequentially("Dmyt");
  await waitForList(page, ["Dmytro"]);
  assertEquals(site.grants().anonymous, before + 1);
});

test("an island is told when there is no connection", async ({ site, browser }) => {
  const page = await browser.newPage();
  await page.goto(site.app.origin + ISLANDS);
  await page.route("**/api/wix/**", (route) => route.abort());
  await page.fill("#name", "Ann");
  await page.getByText("Wix is not answering: please try again.").waitFor();
  await page.unroute("**/api/wix/**");
  await searchFor(page, "Ben", ["Ben"]);
});

test("without JavaScript the search is a form", async ({ site, browser }) => {
  const page = await browser.newPage({ javaScriptEnabled: false });
  await page.goto(site.app.origin + ISLANDS);
  await page.fill("#name", "Ben");
  await page.getByRole("button", { name: "Search" }).click();
  assertEquals(new URL(page.url()).search, "?name=Ben");
  assertEquals(await page.locator("form li").allTextContents(), ["Ben"]);
  assertEquals(await page.locator("#name").inputValue(), "Ben");
});

test("in the dev server islands call through the gateway, too", async ({ browser }) => {
  await using wix = await startLocalWix({ port: 0, log: () => {} });
  await using server = await startDevServer(localSettings(wix.origin));
  const page = await browser.newPage();
  await page.goto(server.origin + ISLANDS);
  // Typed again until the island listens: the dev server takes its time.
  await page.waitForFunction(async () => {
    const input = document.querySelector("input");
    if (input) input.value = "Ben";
    input?.dispatchEvent(new Event("input", { bubbles: true }));
    await new Promise(requestAnimationFrame);
    return document.querySelectorAll("form li").length === 1;
  });
});

/** Types a name, and waits until the list shows exactly these. */
async function searchFor(page: Page, name: string, found: string[]) {
  await page.fill("#name", name);
  await waitForList(page, found);
}

async function waitForList(page: Page, found: string[]) {
  await page.waitForFunction(
    (expected) =>
      [...document.querySelectorAll("form li")]
        .map(({ textContent }) => textContent).join() === expected,
    found.join(),
  );
}

/** Codes pass the browser by design: worthless without the verifier. */
const withoutCodes = (text: string) => text.replace(/[?&]code=[^&\s]+/g, "");

/** Headers and body of an answer, but cookies that scripts can't see. */
async function textOfAnswer(response: Response): Promise<string> {
  const headers = (await response.headersArray()).filter(({ name, value }) =>
    name.toLowerCase() !== "set-cookie" || !value.includes("HttpOnly")
  );
  const body = await response.text().catch(() => "");
  const parts = [response.url(), JSON.stringify(headers), body];
  return withoutCodes(parts.join("\n"));
}

/** Address, headers but cookies, and body of a request. */
async function textOfRequest(request: Request): Promise<string> {
  const headers = (await request.headersArray())
    .filter(({ name }) => name.toLowerCase() !== "cookie");
  const parts = [request.url(), JSON.stringify(headers), request.postData()];
  return withoutCodes(parts.join("\n"));
}

/**
 * Collects the bodies that scripts fetch, as scripts see them. The browser does
 * not keep all of these for {@link textOfAnswer}.
 */
async function watchFetches(page: Page): Promise<string[]> {
  const bodies: string[] = [];
  await page.exposeFunction("keepBody", (text: string) => bodies.push(text));
  await page.addInitScript(() => {
    const send = globalThis.fetch;
    globalThis.fetch = async (...call) => {
      const answer = await send(...call);
      await Reflect.get(globalThis, "keepBody")(await answer.clone().text());
      return answer;
    };
  });
  return bodies;
}
