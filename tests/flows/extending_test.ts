import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { VITE } from "@/tools/packages.ts";
import { copyProject, type ProjectCopy } from "@/tools/project_copy.ts";
import { CONFIG_PATH } from "../helpers/app.ts";
import { ANN, logIn, startSite } from "../helpers/site.ts";

const HELLO = `
import { members } from "@wix/members";
import { page } from "fresh";
import { define } from "@/lib/define.ts";

export const handler = define.handlers({
  async GET() {
    const { items } = await members.queryMembers().limit(3).find();
    return page(items.map((member) => member.profile?.nickname));
  },
});

export default define.page<typeof handler>(({ data }) => (
  <ul>{data.map((name) => <li class="hello">{name}</li>)}</ul>
));
`;

const LAST_ORDER = `
import { orders } from "@wix/ecom";
import { define } from "@/lib/define.ts";

export const handler = define.handlers({
  async GET() {
    const { orders: [last] } = await orders.searchOrders({
      cursorPaging: { limit: 1 },
    });
    return Response.redirect("https://app.example/" + last?.number);
  },
});
`;

const FORM_TARGET = `
import { define } from "@/lib/define.ts";

export const handler = define.handlers({ POST: () => new Response("changed") });
`;

const PUBLIC_PAGE = `
import { define } from "@/lib/define.ts";

export const handler = define.handlers({
  GET: () =>
    new Response("for everybody", {
      headers: {
        "Cache-Control": "public, max-age=60",
        "CDN-Cache-Control": "max-age=60",
        "Deno-CDN-Cache-Control": "max-age=60",
      },
    }),
});
`;

const ISLAND_WITH_SECRETS = `
import { config } from "@/lib/config.ts";

export default function Leak() {
  return <p>{config.clientId}</p>;
}
`;

Deno.test("new route files call Wix with no other change", async (t) => {
  await using project = await copyProject(CONFIG_PATH);
  await Deno.writeTextFile(`${project.root}routes/hello.tsx`, HELLO);
  await Deno.writeTextFile(`${project.root}routes/last-order.ts`, LAST_ORDER);
  await Deno.writeTextFile(`${project.root}routes/public.ts`, PUBLIC_PAGE);
  await Deno.writeTextFile(`${project.root}routes/change.ts`, FORM_TARGET);
  const { success, output } = await build(project);
  assert(success, output);
  await using site = await startSite({ project });
  const browser = site.visitor();

  await t.step("for a visitor", async () => {
    const { body } = await browser.open("/hello");
    assertEquals(body.match(/class="hello"/g)?.length, 3);
  });

  await t.step("for a member", async () => {
    const page = await logIn(browser, "/account", ANN);
    assertEquals(page.status, 200);
    const { body } = await browser.open("/hello");
    assertEquals(body.match(/class="hello"/g)?.length, 3);
  });

  await t.step(
    "with another module, and a redirect of the platform",
    async () => {
      const { status, headers } = await browser.request("/last-order");
      assertEquals(status, 302);
      assertEquals(headers.get("location"), "https://app.example/1047");
      assertEquals(headers.get("cache-control"), "private, no-store");
    },
  );

  await t.step(
    "and take a form from our own pages only (X5, X6, X9)",
    async () => {
      const post = (headers: Record<string, string>) =>
        browser.request("/change", { method: "POST", headers });
      const { origin } = site.app;
      assertEquals((await post({ origin })).body, "changed");
      for (
        const [id, headers] of Object.entries({
          X1: { "sec-fetch-site": "cross-site", origin: "https://evil.com" },
          X5: { "sec-fetch-site": "same-site", origin },
          X6: { "sec-fetch-site": "none" },
          X9: { origin: "https://evil.com" },
        })
      ) {
        assertEquals((await post(headers)).status, 403, id);
      }
    },
  );

  await t.step(
    "and cannot put a session's page into a cache (D9)",
    async () => {
      const { headers } = await browser.request("/public");
      assertEquals(headers.get("cache-control"), "private, no-store");
      assertEquals(headers.get("cdn-cache-control"), null);
      assertEquals(headers.get("deno-cdn-cache-control"), null);
    },
  );
});

Deno.test("a build fails that pulls server code into an island (S10)", async () => {
  await using project = await copyProject(CONFIG_PATH);
  await Deno.writeTextFile(
    `${project.root}islands/Leak.tsx`,
    ISLAND_WITH_SECRETS,
  );
  const { success, output } = await build(project);
  assertEquals(success, false);
  assertStringIncludes(output, "lib/config.ts is server code");
});

/** Builds a copy of the project as the build task does. */
async function build({ root, config }: ProjectCopy) {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--config", config, VITE, "build"],
    cwd: root,
    env: {
      NO_COLOR: "1",
      FRESH_NO_UPDATE_CHECK: "1",
      FRESH_WIX_CONFIG: config,
    },
  }).output();
  const text = new TextDecoder();
  return { success, output: text.decode(stdout) + text.decode(stderr) };
}
