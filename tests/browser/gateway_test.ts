import { assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { startLocalWix } from "@/packages/local-wix/src/mod.ts";
import { localSettings } from "../helpers/app.ts";
import {
  BROWSER_NOTE,
  CHROMIUM_PATH,
  launchChromium,
} from "../helpers/chromium.ts";
import {
  accessibilityProblems,
  layoutProblems,
} from "../helpers/page_problems.ts";
import { ANN, type Site, startSite } from "../helpers/site.ts";
import { logInAtWix } from "../helpers/tab.ts";
import { taskCommand } from "../helpers/tasks.ts";

const ignore = CHROMIUM_PATH === undefined;
/** A member whom only she herself may see. */
const CHIARA = "chiara@demo.example";

/** Tokens of Wix, and what is sealed. */
const SECRET = /JWS\.|\beyJ[\w-]{10,}/;

Deno.test({
  name:
    "islands call Wix as the visitor, then as the member, in the same tab; " +
    "no token reaches the browser" + BROWSER_NOTE,
  ignore,
  async fn(t) {
    await using site = await startSite();
    await using browser = await launchChromium();
    const page = await browser.newPage();
    const seen = watchAnswers(page);
    const asked = watchRequests(page);
    const fetched = await watchFetches(page);

    await t.step("a visitor finds who is public", async () => {
      await page.goto(`${site.app.origin}/islands`);
      await searchFor(page, "an", ["Ann"]);
      await searchFor(page, "Chiara", []);
    });

    await t.step("a member finds herself, too", async () => {
      await logInTo(page, site, CHIARA);
      await searchFor(page, "chiara", ["Chiara"]);
    });

    await t.step("renewals are the server's affair", async () => {
      const refreshes = site.grants().refresh_token ?? 0;
      site.wix.controls.expireAccessTokens();
      await searchFor(page, "Ben", ["Ben"]);
      await searchFor(page, "Chiara", ["Chiara"]);
      assertEquals(site.grants().refresh_token, refreshes + 1);
    });

    await t.step(
      "nothing that the browser got or keeps has a token",
      async () => {
        const answers = await Promise.all(seen);
        assertEquals(answers.length > 20, true);
        assertEquals(answers.filter((text) => SECRET.test(text)), []);
        const [found] = fetched.filter((text) => text.includes('"Chiara'));
        assertEquals(typeof found, "string");
        assertEquals(fetched.filter((text) => SECRET.test(text)), []);
        const sent = await Promise.all(asked);
        assertEquals(sent.some((text) => text.includes("x-wix-gateway")), true);
        assertEquals(sent.filter((text) => SECRET.test(text)), []);
        assertEquals(await whatScriptsCanRead(page), {
          cookie: "",
          localStorage: "{}",
          sessionStorage: "{}",
          databases: 0,
          caches: 0,
        });
      },
    );
  },
});

Deno.test({
  name: "an island learns with status 401 that the session has ended" +
    BROWSER_NOTE,
  ignore,
  async fn() {
    await using site = await startSite();
    await using browser = await launchChromium();
    const page = await browser.newPage();
    await logInTo(page, site, ANN);
    site.wix.controls.expireAccessTokens();
    site.wix.controls.revokeRefreshTokens();
    await page.fill("#name", "Ann");
    await page.waitForSelector("text=Your session has ended");
    // The next call is a visitor's.
    await searchFor(page, "Ben", ["Ben"]);
  },
});

Deno.test({
  name: "several calls of somebody new begin one session (X21)" + BROWSER_NOTE,
  ignore,
  async fn() {
    await using site = await startSite();
    await using browser = await launchChromium();
    const page = await browser.newPage();
    await page.goto(`${site.app.origin}/islands`);
    await page.context().clearCookies();
    const before = site.grants().anonymous ?? 0;
    site.wix.controls.latencyMilliseconds = 50;
    await page.locator("#name").pressSequentially("Dmyt");
    await waitForList(page, ["Dmytro"]);
    assertEquals(site.grants().anonymous, before + 1);
  },
});

Deno.test({
  name: "an island is told when there is no connection" + BROWSER_NOTE,
  ignore,
  async fn() {
    await using site = await startSite();
    await using browser = await launchChromium();
    const page = await browser.newPage();
    await page.goto(`${site.app.origin}/islands`);
    await page.route("**/api/wix/**", (route) => route.abort());
    await page.fill("#name", "Ann");
    await page.waitForSelector("text=Wix is not answering: please try again.");
    await page.unroute("**/api/wix/**");
    await searchFor(page, "Ben", ["Ben"]);
  },
});

Deno.test({
  name: "without JavaScript the search is a form" +
    BROWSER_NOTE,
  ignore,
  async fn() {
    await using site = await startSite();
    await using browser = await launchChromium();
    const page = await browser.newPage({ javaScriptEnabled: false });
    await page.goto(`${site.app.origin}/islands`);
    await page.fill("#name", "Ben");
    await page.click('button:has-text("Search")');
    assertEquals(new URL(page.url()).search, "?name=Ben");
    assertEquals(await page.locator("form li").allTextContents(), ["Ben"]);
    assertEquals(await page.locator("#name").inputValue(), "Ben");
  },
});

Deno.test({
  name: "the islands' page is fit for phones and screen readers" + BROWSER_NOTE,
  ignore,
  async fn() {
    await using site = await startSite();
    await using browser = await launchChromium();
    for (const width of [390, 1280]) {
      const page = await browser.newPage({ viewport: { width, height: 800 } });
      await page.goto(`${site.app.origin}/islands`);
      assertEquals(await layoutProblems(page), [], `${width} px`);
      assertEquals(await accessibilityProblems(page), [], `${width} px`);
    }
  },
});

Deno.test({
  name: "in the dev server islands call through the gateway, too" +
    BROWSER_NOTE,
  ignore,
  async fn() {
    const wix = await startLocalWix({ port: 0, log: () => {} });
    const settings = localSettings(wix.origin);
    const process = taskCommand("dev", settings).spawn();
    const errors = process.stderr.pipeTo(new WritableStream());
    const { origin, rest } = await readOrigin(process.stdout);
    const browser = await launchChromium();
    try {
      const page = await browser.newPage();
      await page.goto(`${origin}/islands`);
      // Typed again until the island listens: the dev server takes its time.
      await page.waitForFunction(async () => {
        const input = document.querySelector("input");
        if (input) input.value = "Ben";
        input?.dispatchEvent(new Event("input", { bubbles: true }));
        await new Promise(requestAnimationFrame);
        return document.querySelectorAll("form li").length === 1;
      });
    } finally {
      await browser.close();
      process.kill("SIGINT");
      await Promise.all([process.status, errors, rest]);
      await wix.close();
    }
  },
});

/** Reads what a task says until it tells its address; `rest` is the rest. */
async function readOrigin(stdout: ReadableStream<Uint8Array<ArrayBuffer>>) {
  const reader = stdout.pipeThrough(new TextDecoderStream()).getReader();
  for (let said = "";;) {
    const { value, done } = await reader.read();
    if (done) throw new Error(`The task has ended: ${said}`);
    said += value;
    const origin = /App +(http:\S+)\s/.exec(said)?.[1];
    if (origin === undefined) continue;
    const rest = (async () => {
      while (!(await reader.read()).done);
    })();
    return { origin, rest };
  }
}

async function logInTo(page: Page, { app }: Site, email: string) {
  const login = "/api/auth/login?returnToUrl=/islands";
  await page.goto(app.origin + login);
  await logInAtWix(page, email);
  await page.waitForURL(`${app.origin}/islands`);
}

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

/** Collects header and body of every answer, but cookies that scripts can't see. */
function watchAnswers(page: Page): Promise<string>[] {
  const seen: Promise<string>[] = [];
  page.on("response", (response) => {
    seen.push((async () => {
      const headers = await response.headersArray();
      const lines = headers
        .filter(({ name, value }) =>
          name.toLowerCase() !== "set-cookie" || !value.includes("HttpOnly")
        )
        .map(({ name, value }) => `${name}: ${value}`);
      const body = await response.text().catch(() => "");
      // Codes pass the browser by design: worthless without the verifier.
      return [response.url(), ...lines, body].join("\n")
        .replace(/[?&]code=[^&\s]+/g, "");
    })());
  });
  return seen;
}

/**
 * Collects the bodies that scripts fetch, as scripts see them. The browser does
 * not keep all of these for {@link watchAnswers}.
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

/** Collects what is asked: address, headers but cookies, and body. */
function watchRequests(page: Page): Promise<string>[] {
  const seen: Promise<string>[] = [];
  page.on("request", (request) => {
    seen.push((async () => {
      const headers = await request.headersArray();
      const lines = headers
        .filter(({ name }) => name.toLowerCase() !== "cookie")
        .map(({ name, value }) => `${name.toLowerCase()}: ${value}`);
      return [request.url(), ...lines, request.postData() ?? ""].join("\n")
        .replace(/[?&]code=[^&\s]+/g, "");
    })());
  });
  return seen;
}

async function whatScriptsCanRead(page: Page) {
  return await page.evaluate(async () => ({
    cookie: document.cookie,
    localStorage: JSON.stringify(localStorage),
    sessionStorage: JSON.stringify(sessionStorage),
    databases: (await indexedDB.databases()).length,
    caches: (await caches.keys()).length,
  }));
}
