import {
  assert,
  assertEquals,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { ROOT } from "@/tools/packages.ts";
import { startLocalWix } from "@/packages/local-wix/src/mod.ts";
import { pendingLogin } from "../helpers/wire_login.ts";
import { sendWith, WireJar } from "../helpers/wire.ts";
import { gitIgnore } from "./ignore_file.ts";
import { deploy } from "./platform.ts";
import { shownMembers } from "../helpers/document.ts";

const ORIGIN = "https://shop.example";
const HOST = "shop.example";
const SEARCH_MEMBERS = "POST /members/v1/members/query";
const PRODUCTION = { APP_ORIGIN: ORIGIN, DENO_TIMELINE: "production" };

Deno.test("a platform that installs, builds and serves in a clean folder", async (t) => {
  await using wix = await startLocalWix({
    port: 0,
    log: () => {},
    allowedOrigins: [ORIGIN],
  });
  await using deployment = await deploy();
  const serve = (settings: Record<string, string>) =>
    deployment.serve(wix.origin, settings);

  await t.step(
    "the warm-up as a preview needs no APP_ORIGIN (D5)",
    async () => {
      await using app = await serve({
        APP_ORIGIN: "",
        DENO_TIMELINE: "preview/b2f0a4",
      });
      const page = await sendWith(new WireJar(), app.origin, {
        host: "shop-b2f0a4.acme.deno.net",
        target: "/",
      });
      assertEquals(page.status, 200);
    },
  );

  await t.step(
    "production without it does not start, and says so",
    async () => {
      const error = await assertRejects(
        () => serve({ ...PRODUCTION, APP_ORIGIN: "" }),
        Error,
      );
      assertStringIncludes(error.message, "  - APP_ORIGIN is not set");
    },
  );

  await t.step("three processes that share nothing are one site", async () => {
    await using first = await serve(PRODUCTION);
    await using second = await serve(PRODUCTION);
    await using third = await serve(PRODUCTION);
    const jar = new WireJar();
    const { target } = await pendingLogin(first.origin, jar, {
      query: "returnToUrl=/account/orders",
      host: HOST,
    });
    const back = await sendWith(jar, second.origin, { host: HOST, target });
    assertEquals(back.headers.get("location"), `${ORIGIN}/account/orders`);
    const page = await sendWith(jar, third.origin, {
      host: HOST,
      target: "/account/orders",
    });
    assertEquals(page.status, 200);
    assertStringIncludes(page.body, ">Order 1047<");
  });

  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    await t.step(
      `on ${signal} what is under way is answered, then the process ends`,
      async () => {
        await using app = await serve(PRODUCTION);
        const before = wix.controls.counters.routes[SEARCH_MEMBERS] ?? 0;
        wix.controls.failNext(SEARCH_MEMBERS, {
          kind: "delay",
          delayMs: 1_000,
          times: 5,
        });
        const pages = Promise.all(
          Array.from({ length: 5 }, () => fetch(`${app.origin}/members`)),
        );
        while (
          (wix.controls.counters.routes[SEARCH_MEMBERS] ?? 0) < before + 5
        ) {
          await (await fetch(`${app.origin}/healthz`)).body?.cancel();
        }
        const code = app.end(signal);
        for (const page of await pages) {
          assertEquals(page.status, 200);
          const body = await page.text();
          assert(shownMembers({ body }).includes("Ann"));
        }
        assertEquals(await code, 0);
      },
    );
  }
});

const isIgnored = await gitIgnore();

Deno.test("neither settings nor builds are uploaded (S12)", () => {
  const left = [".env", ".env.production", "tests/.env", ".git/config"];
  const made = ["_fresh/server.js", "node_modules/jose/package.json"];
  assertEquals([...left, ...made].filter((path) => !isIgnored(path)), []);
  const sent = [".env.example", "packages/fresh-wix/src/config/config.ts"];
  assertEquals(sent.filter(isIgnored), []);
});

Deno.test("deno.json has no deploy key, which the deno deploy command overwrites", async () => {
  const config = JSON.parse(await Deno.readTextFile(`${ROOT}deno.json`));
  assertEquals("deploy" in config, false);
});
