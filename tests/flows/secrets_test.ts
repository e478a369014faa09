import { parseEnv } from "node:util";
import { assertEquals } from "@std/assert";
import { SITE } from "@/packages/local-wix/src/mod.ts";
import { ROOT } from "@/tools/packages.ts";
import type { Browser } from "../helpers/browser.ts";
import { attributes } from "../helpers/document.ts";
import { filesBelow } from "../helpers/files.ts";
import { test } from "../helpers/shared_site.ts";
import { ANN, type Site } from "../helpers/site.ts";

/** Marks of tokens, and the secrets that the app is started with. */
const SECRETS = [
  "JWS.",
  // How a JOSE header begins, in base64url.
  "eyJhbGciOi",
  "eyJraWQiOi",
  "access_token",
  "accessToken",
  "refreshToken",
  SITE.clientSecret,
  SITE.instanceId,
];

const secretsIn = (text: string) =>
  SECRETS.filter((secret) => text.includes(secret));

test("no page, header or log line shows a token or secret (S2, S4, P13)", async ({ site }) => {
  const visited = [
    ...await crawl(site, site.visitor()),
    ...await crawl(site, await site.member(ANN)),
  ];
  assertEquals(visited.length > 20, true, visited.join("\n"));
  assertEquals(secretsIn(site.app.output()), []);
});

Deno.test("the files that browsers load hold no token or secret (S1)", async () => {
  const files = await filesBelow(`${ROOT}_fresh/client`);
  assertEquals(files.some((file) => file.endsWith(".js")), true);
  for (const file of files) {
    assertEquals(secretsIn(await Deno.readTextFile(file)), [], file);
  }
});

Deno.test("git keeps neither settings nor builds, and the example has no values (S12)", async () => {
  const ignored = (await Deno.readTextFile(`${ROOT}.gitignore`)).split("\n");
  for (const path of [".env", ".env.*", "_fresh/", "node_modules/"]) {
    assertEquals(ignored.includes(path), true, path);
  }
  const example = parseEnv(await Deno.readTextFile(`${ROOT}.env.example`));
  assertEquals(example, { WIX_CLIENT_ID: "", WIX_CLIENT_SECRET: "" });
});

/** Opens every page that is linked from the start, and the JSON endpoints. */
async function crawl(site: Site, browser: Browser): Promise<string[]> {
  const todo = ["/", "/api/session", "/api/orders", "/api/site-properties"];
  const done: string[] = [];
  for (let path = todo.shift(); path !== undefined; path = todo.shift()) {
    if (done.includes(path) || path.startsWith("/api/auth/")) continue;
    done.push(path);
    const page = await browser.request(path);
    assertEquals(secretsIn(page.body), [], path);
    for (const [name, value] of page.headers) {
      // The sealed cookie is what all of this is for.
      if (name !== "set-cookie") assertEquals(secretsIn(value), [], path);
    }
    for (const href of attributes(page.document, "[href]", "href")) {
      if (href.startsWith("#")) continue;
      const url = new URL(href, site.app.origin);
      if (url.origin === site.app.origin) todo.push(url.pathname + url.search);
    }
  }
  return done;
}
