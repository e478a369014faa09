import { assert, assertEquals, assertMatch } from "@std/assert";
import { CONFIG_PATH } from "../helpers/app.ts";
import { find, text } from "../helpers/document.ts";
import { denoIn } from "../helpers/project_build.ts";
import { ANN, logIn, startSite } from "../helpers/site.ts";
import { ROOT, VITE } from "../../tools/packages.ts";

const EXAMPLE = `${ROOT}examples/existing-app/`;
const DIFF = await Deno.readTextFile(`${EXAMPLE}add_wix.diff`);

/** Code that the app's developer adds. */
const MEMBER_PAGE = `
import { assertMember } from "@fresh-wix/core";
import { members } from "@wix/members";
import { page } from "fresh";
import { define } from "../utils.ts";

export const handler = define.handlers({
  async GET(ctx) {
    assertMember(ctx.state.session);
    const { member } = await members.getCurrentMember({ fieldsets: ["FULL"] });
    return page({ known: ctx.state.session.member.name, mail: member?.loginEmail });
  },
  POST(ctx) {
    assertMember(ctx.state.session);
    return new Response(null, { status: 204 });
  },
});

export default define.page<typeof handler>(({ data }) => (
  <p>{data.known} {data.mail}</p>
));
`;
const CURRENCY_ENDPOINT = `
import { siteProperties } from "@wix/business-tools";
import { auth } from "@wix/essentials";
import { define } from "../utils.ts";

export const handler = define.handlers({
  async GET() {
    const { properties } = await auth.elevate(siteProperties.getSiteProperties)();
    return Response.json(properties?.paymentCurrency);
  },
});
`;
const BROKEN_PAGE = `
import { members } from "@wix/members";
import { define } from "../utils.ts";

export const handler = define.handlers({
  async GET() {
    await members.queryMembers().limit(1).find();
    throw new Error("after the call that began a session");
  },
});
`;

Deno.test("adding Wix to an app takes at most 20 lines", () => {
  assert(DIFF.match(/^\+(?!\+)/gm)!.length <= 20);
});

Deno.test("an existing app with Wix, added by the diff", async (t) => {
  await using project = await copyExample();
  await using site = await startSite({ project, readyPath: "/" });
  const browser = site.visitor();

  await t.step("works as before", async () => {
    const home = await browser.open("/");
    assertEquals(text(home.document, "h1"), "Corner Bakery");
    assertEquals(home.headers.get("x-shop"), "corner-bakery");
    assertEquals(home.headers.getSetCookie(), []);
    const ordered = await browser.request("/contact", {
      method: "POST",
      body: new URLSearchParams({ name: "Ann" }),
    });
    assertMatch(ordered.body, /Thank you,.*Ann/);
  });

  await t.step("accepts cross-site webhooks", async () => {
    const response = await fetch(`${site.app.origin}/api/payments`, {
      method: "POST",
      headers: { "x-signature": "signed", "sec-fetch-site": "cross-site" },
      body: JSON.stringify({ amount: 3 }),
    });
    assertEquals(await response.json(), { received: 3 });
    assertEquals(response.headers.getSetCookie(), []);
  });

  await t.step("keeps its caching", async () => {
    const { headers } = await browser.open("/hours");
    assertEquals(headers.get("cache-control"), "public, max-age=3600");
  });

  await t.step("keeps its error pages, which set cookies", async () => {
    const missing = await browser.open("/missing");
    assertEquals(missing.status, 404);
    assertEquals(text(missing.document, "h1"), "Page not found");
    const broken = await browser.open("/broken");
    assertEquals(broken.status, 500);
    assertEquals(text(broken.document, "h1"), "Something went wrong");
    const [cookie = ""] = broken.headers.getSetCookie();
    assertMatch(cookie, /^wix_visitor=/);
    assertEquals(broken.headers.get("cache-control"), "private, no-store");
  });

  await t.step(
    "keeps a visitor's form during the login, but no cross-site form",
    async () => {
      const post = (origin: string) =>
        site.visitor().request("/member", {
          method: "POST",
          headers: { origin },
          body: new URLSearchParams({ to: "mallory" }),
        });
      const own = await post(site.app.origin);
      assertEquals(own.status, 401);
      assertMatch(own.body, /value="mallory"/);
      assertEquals((await post("https://evil.example")).status, 303);
    },
  );

  await t.step("logs members in, and calls Wix as the member", async () => {
    const page = await logIn(browser, "/member", ANN);
    assertEquals(page.url.pathname, "/member");
    assertEquals(find(page.document, "p").textContent, `Ann ${ANN}`);
  });

  await t.step("calls Wix as the app", async () => {
    const { body } = await browser.request("/currency");
    assertEquals(body, '"USD"');
  });

  await t.step("logs members out, from its own pages only", async () => {
    const logout = (origin: string) =>
      browser.request("/api/auth/logout", {
        method: "POST",
        headers: { origin },
      });
    assertEquals((await logout("https://evil.example")).status, 403);
    assertEquals((await logout(site.app.origin)).status, 302);
    assertEquals((await browser.request("/member")).status, 303);
  });
});

/** Returns a built copy of the example with the diff and the developer's pages. */
async function copyExample() {
  const root = `${await Deno.makeTempDir({ prefix: "fresh-wix-" })}/`;
  const project = {
    root,
    config: `${root}deno.json`,
    [Symbol.asyncDispose]: () => Deno.remove(root, { recursive: true }),
  };
  await run("cp", ["-R", `${EXAMPLE}.`, root]);
  await run("git", ["apply", "add_wix.diff"], root);
  const files = {
    "routes/member.tsx": MEMBER_PAGE,
    "routes/currency.ts": CURRENCY_ENDPOINT,
    "routes/broken.ts": BROKEN_PAGE,
  };
  for (const [path, code] of Object.entries(files)) {
    await Deno.writeTextFile(root + path, code);
  }
  await linkPackages(project.config);
  for (
    const args of [["install"], ["run", "-A", VITE, "build"], ["check", "."]]
  ) {
    const { success, output } = await denoIn(project, args, {
      FRESH_NO_UPDATE_CHECK: "true",
    });
    assert(success, output);
  }
  return project;
}

/** Links this project's packages, which are not published. */
async function linkPackages(path: string): Promise<void> {
  const own = JSON.parse(await Deno.readTextFile(CONFIG_PATH));
  const config = JSON.parse(await Deno.readTextFile(path));
  const links = [...own.links ?? [], "./packages/fresh-wix"];
  config.links = links.map((link: string) =>
    new URL(link, `file://${ROOT}`).pathname
  );
  for (const name of ["business-tools", "essentials", "members"]) {
    config.imports[`@wix/${name}`] = own.imports[`@wix/${name}`];
  }
  await Deno.writeTextFile(path, JSON.stringify(config));
  await Deno.copyFile(
    own.lock === undefined ? `${ROOT}deno.lock` : ROOT + own.lock,
    path.replace(/json$/, "lock"),
  );
}

async function run(command: string, args: string[], cwd = ROOT) {
  const { success, stderr } = await new Deno.Command(command, { args, cwd })
    .output();
  assert(success, new TextDecoder().decode(stderr));
}
