import { assertMatch } from "@std/assert";
import type { Browser } from "../helpers/browser.ts";
import { text } from "../helpers/document.ts";
import { test } from "../helpers/shared_site.ts";
import { ANN } from "../helpers/site.ts";

test("GET /how-it-works shows the current user", async ({ site }) => {
  const visitor = site.visitor();
  const who = async (browser: Browser) =>
    text((await browser.open("/how-it-works")).document, ".session");
  assertMatch(await who(visitor), /Your session starts with the first call/);
  await visitor.open("/test/members");
  assertMatch(
    await who(visitor),
    /^You are a visitor\. Your session has started\./,
  );
  assertMatch(await who(await site.member(ANN)), /^You are logged in as Ann/);
});
