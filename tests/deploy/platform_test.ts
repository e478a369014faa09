import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { ROOT } from "@/tools/packages.ts";
import { startLocalWix } from "@/packages/local-wix/src/mod.ts";
import { pendingLogin } from "../helpers/wire_login.ts";
import { sendWith, WireJar, type WireResponse } from "../helpers/wire.ts";
import { deploy, DEPLOYMENT_ID, evict } from "./platform.ts";
import { shownMembers } from "../helpers/document.ts";

const HOST = "shop.acme.deno.net";
const ORIGIN = `https://${HOST}`;
const SEARCH_MEMBERS = "POST /members/v1/members/query";
const VISITORS = 20;
const MEMBERS = 10;
/** Of a steady load, besides. */
const CONNECTIONS = 16;
const PRODUCTION = { APP_ORIGIN: "", DENO_TIMELINE: "production" };

Deno.test("the app installs, builds and serves in a clean folder", async (t) => {
  await using wix = await startLocalWix({
    port: 0,
    log: () => {},
    allowedOrigins: [ORIGIN],
  });
  await using deployment = await deploy();
  const serve = (settings: Record<string, string>) =>
    deployment.serve(wix.origin, settings);

  await t.step(
    "the warm-up as a preview needs no APP_ORIGIN, and files have its id (D5)",
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
      assertStringIncludes(page.body, `=${DEPLOYMENT_ID}"`);
    },
  );

  await t.step(
    "in production, three processes without shared state or APP_ORIGIN serve one session",
    async () => {
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
    },
  );

  await t.step(
    "eviction under load loses no response, no session and no refreshed token",
    async () => {
      await using app = await serve(PRODUCTION);
      await using next = await serve(PRODUCTION);
      const { controls } = wix;
      const open = (jar: WireJar, target: string, { origin } = app) =>
        sendWith(jar, origin, { host: HOST, target });
      const orders = ({ status, body }: WireResponse) =>
        status === 200 && />Order 1047<.*<\/html>/s.test(body);
      const jars = Array.from({ length: MEMBERS }, () => new WireJar());
      for (const jar of jars) {
        const { target } = await pendingLogin(app.origin, jar, { host: HOST });
        await open(jar, target);
      }
      controls.expireAccessTokens();

      let isDiverted = false;
      const load = Array.from({ length: CONNECTIONS }, async () => {
        const statuses: number[] = [];
        while (!isDiverted) {
          const { status, body } = await open(new WireJar(), "/");
          statuses.push(body.endsWith("</html>") ? status : 0);
        }
        return statuses;
      });
      const slow = { kind: "delay", delayMs: 1_000 } as const;
      controls.failNext("refresh_token", { ...slow, times: MEMBERS });
      controls.failNext(SEARCH_MEMBERS, { ...slow, times: VISITORS });
      const refreshes = () => controls.counters.grants.refresh_token ?? 0;
      const searches = () => controls.counters.routes[SEARCH_MEMBERS] ?? 0;
      const all = [refreshes() + MEMBERS, searches() + VISITORS] as const;
      const visitors = Array.from({ length: VISITORS }, async () => {
        const jar = new WireJar();
        const page = await open(jar, "/test/members");
        return [page.status, shownMembers(page).includes("Ann"), ...jar.keys()];
      });
      const members = jars.map(async (jar) =>
        orders(await open(jar, "/account/orders"))
      );
      while (refreshes() < all[0] || searches() < all[1]) {
        await open(new WireJar(), "/healthz");
      }
      isDiverted = true;
      // Connections are accepted in turn: those before it have been.
      await open(new WireJar(), "/healthz");
      assertEquals(await evict(app), 0);

      const visitor = [200, true, "__Host-wix_visitor"];
      assertEquals(await Promise.all(visitors), visitors.map(() => visitor));
      assertEquals(await Promise.all(members), members.map(() => true));
      const statuses = (await Promise.all(load)).flat();
      assertEquals(new Set(statuses), new Set([200]));
      for (const jar of jars) {
        assert(orders(await open(jar, "/account/orders", next)));
      }
      assertEquals(refreshes(), all[0], "the new tokens are in the cookies");
    },
  );
});

Deno.test("git ignores settings and builds, so they are not uploaded (S12)", async () => {
  const lines = (await Deno.readTextFile(`${ROOT}.gitignore`)).split("\n");
  for (const line of [".env", ".env.*", "_fresh/", "node_modules/"]) {
    assert(lines.includes(line), line);
  }
});
