import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { isUploaded } from "@/tools/hosting/upload_rules.ts";
import { withOutputDirectory } from "@/tools/hosting/wix_config.ts";
import { copyProject } from "@/tools/project_copy.ts";
import { CONFIG_PATH } from "../helpers/app.ts";
import { attributes, shownMembers, shownUser } from "../helpers/document.ts";
import { filesBelow } from "../helpers/files.ts";
import { type HostName, WORKERD_NOTE, WORKERD_PATH } from "../helpers/hosts.ts";
import { denoIn } from "../helpers/project_build.ts";
import { addToCart, firstLineId } from "../helpers/shop.ts";
import {
  ANN,
  logIn,
  LOGOUT_FORM,
  memberCookie,
  startSite,
} from "../helpers/site.ts";
import { runTask } from "../helpers/tasks.ts";
import { send } from "../helpers/wire.ts";

const READ_PRODUCT = "GET /stores/v3/products/slug/{slug}";

const LEFT_OUT = [
  ".well-known/assetlinks.json",
  "assets/distance-Bx3.js",
  "builder/index.js",
  "server/build.mjs",
  "coverage.html",
  "node_modules/jose/index.js",
  "error.log",
  "deno.lock",
  "data/package.json",
  "wix.config.json",
];
const UPLOADED = [
  "assets/rebuild-Bx3.js",
  "server/index.mjs",
  "favicon.ico",
  "catalog.json",
];

Deno.test("isUploaded() follows the rules of wix release", () => {
  assertEquals(LEFT_OUT.filter(isUploaded), []);
  assertEquals(UPLOADED.filter((path) => !isUploaded(path)), []);
});

Deno.test("build --target wix makes the folders that wix release uploads", async (t) => {
  await using project = await copyProject(CONFIG_PATH);
  const { root } = project;
  const build = () => runTask("build --target wix", {}, project);
  const init = { projectType: "Site", appId: "a1", siteId: "b2" };
  await Deno.writeTextFile(`${root}wix.config.json`, JSON.stringify(init));

  await t.step("client and server, with every name of the entry", async () => {
    const { code, stderr } = await build();
    assertEquals(code, 0, stderr);
    const files = await filesBelow(`${root}_wix`);
    assertEquals(
      files.filter((file) => file.includes("/_wix/server/")).sort(),
      [
        `${root}_wix/server/entry.mjs`,
        `${root}_wix/server/index.js`,
        `${root}_wix/server/index.mjs`,
      ],
    );
    assert(files.includes(`${root}_wix/client/favicon.ico`));
    for (const name of ["index.mjs", "index.js", "entry.mjs"]) {
      const { default: worker } = await import(
        `file://${root}_wix/server/${name}`
      );
      assertEquals(typeof worker.fetch, "function");
    }
  });

  await t.step(
    "named in wix.config.json, which is otherwise unchanged",
    async () => {
      const text = await Deno.readTextFile(`${root}wix.config.json`);
      assertEquals(JSON.parse(text), {
        ...init,
        site: {
          outputDirectory: { client: "./_wix/client", server: "./_wix/server" },
        },
      });
      assertEquals(withOutputDirectory(text), text);
    },
  );

  await t.step("a file that wix release would omit fails it", async () => {
    await Deno.mkdir(`${root}_fresh/client/.well-known`);
    for (const path of [".well-known/security.txt", "distances.json"]) {
      await Deno.writeTextFile(`${root}_fresh/client/${path}`, "");
    }
    const { success, output } = await denoIn(project, [
      ...["run", "-A", "--config", project.config],
      ...[`${root}tools/hosting/build_wix.ts`, root, `${root}_wix/`],
    ]);
    assertEquals(success, false);
    assertStringIncludes(output, "client/distances.json");
    assertStringIncludes(output, "client/.well-known/security.txt");
  });
});

Deno.test("build refuses an unknown target", async () => {
  const { code, stderr } = await runTask("build --target mars");
  assertEquals(code, 2);
  assertStringIncludes(stderr, '--target must be "wix"');
});

for (const host of ["workerd", "node"] as const) {
  const isMissing = host === "workerd" && WORKERD_PATH === undefined;
  Deno.test({
    name: `the worker serves the site on ${host}${
      isMissing ? WORKERD_NOTE : ""
    }`,
    ignore: isMissing,
    fn: (t) => serveTheSite(t, host),
  });
}

async function serveTheSite(t: Deno.TestContext, host: HostName) {
  await using site = await startSite({ host });
  const { controls } = site.wix;

  await t.step("a visitor's page has a Content-Security-Policy", async () => {
    const page = await site.visitor().open("/test/members");
    assertEquals([page.status, shownMembers(page).includes("Ann")], [
      200,
      true,
    ]);
    assertStringIncludes(
      page.headers.get("content-security-policy") ?? "",
      "script-src 'self' 'nonce-",
    );
    assertEquals(site.grants().anonymous, 1);
  });

  await t.step({
    name: "two slashes don't begin with another host",
    ignore: host !== "node",
    async fn() {
      for (const target of ["//nowhere/members", "/\\nowhere/members"]) {
        const { status } = await send(site.app.origin, { target });
        assertEquals(status, 404, target);
      }
    },
  });

  await t.step("a static file keeps its type and can be cached", async () => {
    const [icon = ""] = attributes(
      (await site.visitor().open("/")).document,
      "link[rel=icon]",
      "href",
    );
    const file = await site.visitor().request(icon);
    assertEquals([file.status, file.body.startsWith("<svg")], [200, true]);
    assertEquals(file.headers.get("content-type"), "image/svg+xml");
    assertStringIncludes(file.headers.get("cache-control") ?? "", "immutable");
  });

  await t.step("an elevated call works", async () => {
    const page = await site.visitor().request("/api/test/elevated");
    assertEquals(JSON.parse(page.body), { businessName: "Juniper & Sons" });
    assertEquals(site.grants().client_credentials, 1);
  });

  await t.step("a member logs in, sees orders, and logs out", async () => {
    const browser = site.visitor();
    const orders = await logIn(browser, "/account/orders", ANN);
    assertStringIncludes(orders.body, ">Order 1047<");
    const settings = await browser.open("/account/settings");
    assertEquals([settings.status, shownUser(settings)], [200, "Ann"]);
    await browser.submit(orders, LOGOUT_FORM);
    assertEquals(memberCookie(browser), undefined);
  });

  await t.step("a visitor fills a cart", async () => {
    const browser = site.visitor();
    await addToCart(browser, "/products/enamel-mug?Color=Clay");
    firstLineId(await browser.open("/cart"));
  });

  await t.step(
    "a shared call survives the request that started it",
    async () => {
      controls.failNext(READ_PRODUCT, {
        kind: "delay",
        delayMs: 1_000,
        times: 1,
      });
      const left = new AbortController();
      const gone = fetch(`${site.app.origin}/products/paring-knife`, {
        signal: left.signal,
      }).catch(() => undefined);
      const sent = controls.counters.routes[READ_PRODUCT] ?? 0;
      while ((controls.counters.routes[READ_PRODUCT] ?? 0) === sent) {
        await (await fetch(`${site.app.origin}/healthz`)).body?.cancel();
      }
      left.abort();
      await gone;
      assertEquals(
        (await site.visitor().open("/products/paring-knife")).status,
        200,
      );
    },
  );
}
