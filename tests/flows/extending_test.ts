import {
  assert,
  assertEquals,
  assertExists,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { ROOT } from "@/tools/packages.ts";
import { copyProject } from "@/tools/project_copy.ts";
import { CONFIG_PATH } from "../helpers/app.ts";
import type { Page } from "../helpers/browser.ts";
import { texts } from "../helpers/document.ts";
import { filesBelow } from "../helpers/files.ts";
import { buildCopy, filesIn } from "../helpers/project_build.ts";
import { ANN, BEN, logIn, startSite } from "../helpers/site.ts";

/** Stands in .env and the environment while the app is built. */
const CANARY = "a secret that only the server may know";

/** The very example that people read first. */
const HELLO = filesIn(await Deno.readTextFile(`${ROOT}README.md`))
  .get("routes/hello.tsx");

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

/** Says that caches may keep it, and does what `?use=` asks for. */
const CACHED_ROUTE = `
import { members } from "@wix/members";
import { define } from "@/lib/define.ts";
import { wix } from "@/lib/wix.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const use = ctx.url.searchParams.get("use");
    let body = "for everybody";
    if (use === "session") body = ctx.state.session.kind;
    if (use === "call") await members.getCurrentMember();
    if (use === "cookie") wix.flashes.set(ctx, "saved");
    const late = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.enqueue(new TextEncoder().encode(ctx.state.session.kind));
        controller.close();
      },
    }, { highWaterMark: 0 });
    return new Response(use === "late" ? late : body, {
      headers: {
        "Cache-Control": "public, max-age=60",
        "CDN-Cache-Control": "max-age=60",
        "Deno-CDN-Cache-Control": "max-age=60",
      },
    });
  },
});
`;

const LATE_CHUNKS = `
import { members } from "@wix/members";
import { define } from "@/lib/define.ts";

/** Says who asks, and once more each time that the reader wants more. */
export const handler = define.handlers({
  GET() {
    let left = 5;
    const body = new ReadableStream<string>({
      async pull(controller) {
        const { member } = await members.getCurrentMember();
        controller.enqueue(member?.profile?.nickname + "\\n");
        if (--left === 0) controller.close();
      },
    }, { highWaterMark: 0 });
    return new Response(body.pipeThrough(new TextEncoderStream()));
  },
});
`;

const ISLAND_WITH_SECRETS = `
import { createWix } from "@fresh-wix/core";

export default function Leak() {
  return <p>{createWix().appOrigin}</p>;
}
`;

Deno.test("new route files call Wix with no other change", async (t) => {
  await using project = await copyProject(CONFIG_PATH);
  await Deno.writeTextFile(`${project.root}routes/late.ts`, LATE_CHUNKS);
  await Deno.writeTextFile(`${project.root}.env`, `SESSION_SECRET=${CANARY}`);
  assertExists(HELLO);
  await Deno.writeTextFile(`${project.root}routes/hello.tsx`, HELLO);
  await Deno.writeTextFile(`${project.root}routes/last-order.ts`, LAST_ORDER);
  await Deno.writeTextFile(`${project.root}routes/cached.ts`, CACHED_ROUTE);
  await Deno.writeTextFile(`${project.root}routes/change.ts`, FORM_TARGET);
  const { success, output } = await buildCopy(project, {
    WIX_CLIENT_SECRET: CANARY,
    SESSION_SECRET: CANARY,
  });
  assert(success, output);
  await using site = await startSite({ project });
  const browser = site.visitor();

  await t.step("for a visitor", async () => {
    assertGreets(await browser.open("/hello"));
  });

  await t.step("for a member", async () => {
    const page = await logIn(browser, "/account", ANN);
    assertEquals(page.status, 200);
    assertGreets(await browser.open("/hello"));
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

  await t.step("and say how they are cached without the session", async () => {
    const { body, headers } = await browser.request("/cached");
    assertEquals(body, "for everybody");
    assertEquals(headers.get("cache-control"), "public, max-age=60");
    assertEquals(headers.get("cdn-cache-control"), "max-age=60");
    assertEquals(headers.get("vary")?.includes("Cookie") ?? false, false);
  });

  for (const use of ["session", "call", "cookie"]) {
    await t.step(`and cannot have a cache keep a ${use} (D9)`, async () => {
      const { headers } = await browser.request(`/cached?use=${use}`);
      assertEquals(headers.get("cache-control"), "private, no-store");
      assertEquals(headers.get("cdn-cache-control"), null);
      assertEquals(headers.get("deno-cdn-cache-control"), null);
      assertStringIncludes(headers.get("vary") ?? "", "Cookie");
    });
  }

  await t.step("also when its body reads the session late (D9)", async () => {
    const response = await fetch(`${site.app.origin}/cached?use=late`);
    assertEquals(response.headers.get("cache-control"), "public, max-age=60");
    await assertRejects(() => response.text());
  });

  await t.step("also in chunks that follow the headers (I10)", async () => {
    const people = [await site.member(ANN), await site.member(BEN)];
    const told = await Promise.all(
      [...people, ...people].map(async (person) => {
        const { body, headers } = await person.request("/late");
        return { body, cookies: headers.getSetCookie() };
      }),
    );
    const said = (name: string) => ({
      body: `${name}\n`.repeat(5),
      cookies: [],
    });
    assertEquals(told, ["Ann", "Ben", "Ann", "Ben"].map(said));
  });

  await t.step(
    "and no setting of the builder is in the build (S12)",
    async () => {
      const files = await filesBelow(`${project.root}_fresh`);
      assert(files.length > 10, files.join("\n"));
      for (const file of files) {
        const text = await Deno.readTextFile(file);
        assertEquals(text.includes(CANARY), false, file);
      }
    },
  );
});

Deno.test("a build fails that pulls server code into an island (S10)", async () => {
  await using project = await copyProject(CONFIG_PATH);
  await Deno.writeTextFile(
    `${project.root}islands/Leak.tsx`,
    ISLAND_WITH_SECRETS,
  );
  const { success, output } = await buildCopy(project);
  assertEquals(success, false);
  assertStringIncludes(
    output,
    "@fresh-wix/core is server code",
  );
});

function assertGreets({ document }: Page): void {
  const names = texts(document, "main > ul > li");
  assertEquals([names[0], names.length], ["Ann", 3]);
}
