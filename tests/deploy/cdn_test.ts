/** Tests the app behind a cache as Deno Deploy has one in front of each app. */
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { guid } from "@/packages/local-wix/src/mod.ts";
import {
  addToCart,
  assertPublic,
  ON_DEPLOY,
  shownHeader,
  startCachedSite,
  WEBHOOK,
  WITH_WEBHOOKS,
} from "../helpers/cached_site.ts";
import { changeProduct, setStock } from "../helpers/shop.ts";
import { WireJar } from "../helpers/wire.ts";

const JAR = "/products/preserving-jar";
const KITCHEN = guid("category", 2);
const HIT = "deno; hit";
const MISS = "deno; fwd=uri-miss; stored";
const MINUTE_MS = 60_000;

Deno.test("behind Deno Deploy's cache", async (t) => {
  await using cached = await startCachedSite(WITH_WEBHOOKS);
  const { cache, open, site } = cached;
  const { controls } = site.wix;
  const status = async (target: string, jar?: WireJar) =>
    (await open(target, jar)).headers.get("cache-status");

  await t.step(
    "users without cookies get catalogue pages from it",
    async () => {
      const pages = ["/", "/shop", "/shop/kitchen", "/shop?q=jar", JAR];
      for (const target of pages) {
        const first = await open(target);
        const second = await open(target);
        assertEquals(first.headers.get("cache-status"), MISS, target);
        assertEquals(second.headers.get("cache-status"), HIT, target);
        assertEquals(second.body, first.body);
        // Browsers load it again each time: the next page may be another user's.
        const control = second.headers.get("cache-control");
        assertEquals(control, "max-age=0, must-revalidate");
      }
    },
  );

  await t.step(
    "members, and visitors with a cart, get their own header",
    async () => {
      const member = await cached.member();
      const visitor = new WireJar();
      assertEquals(
        (await addToCart(cached, visitor, `${JAR}?Volume=1+l`)).status,
        303,
      );
      assertEquals(await status(JAR), HIT);
      for (const target of ["/", "/shop", JAR]) {
        const pages = [
          await open(target, member),
          await open(target, visitor),
          await open(target),
        ];
        const shown = ["Ann 0", "Visitor 2", "Visitor 0"];
        assertEquals(pages.map(shownHeader), shown);
        const control = pages.map(({ headers }) =>
          headers.get("cache-control")
        );
        assertEquals(control.slice(0, 2), Array(2).fill("private, no-store"));
      }
    },
  );

  await t.step(
    "no other page is stored, and none that sets a cookie",
    async () => {
      const paths = [
        "/cart",
        "/test/members",
        "/api/session",
        "/account",
        "/nowhere",
      ];
      for (const path of paths) assertMatch(await status(path) ?? "", /bypass/);
      assertPublic(cache.stored);
    },
  );

  await t.step(
    "a changed product shows at once, even in a process with the old one",
    async () => {
      const { app } = site;
      await using other = await cached.startProcess();
      const jar = await cached.member();
      for (const origin of [other.origin, app.origin]) {
        cache.upstream = origin;
        assertStringIncludes((await open(JAR, jar)).body, "Preserving jar");
      }
      // What was read within a second is read once.
      cached.aheadMs += 2_000;
      const purged = cache.purged("catalog");
      await changeProduct(site, "preserving-jar", { name: "Tall jar" });
      await purged;
      cache.upstream = other.origin;
      for (const target of [JAR, "/shop?q=jar"]) {
        const page = await open(target);
        assertEquals(page.headers.get("cache-status"), MISS);
        assertStringIncludes(page.body, "Tall jar");
      }
      cache.upstream = app.origin;
      assertStringIncludes((await open(JAR, jar)).body, "Tall jar");
    },
  );

  await t.step("a sitemap is not rebuilt for each request", async () => {
    const searches = () =>
      controls.counters.routes["GET /stores/v3/products/search"] ?? 0;
    await open("/sitemap.xml?1");
    const before = searches();
    cached.aheadMs += 2_000;
    assertEquals((await open("/sitemap.xml?2")).status, 200);
    assertEquals(searches(), before);
  });

  await t.step(
    "stock and categories purge the pages that show them",
    async () => {
      const tags = (await open(JAR)).headers.get("deno-cache-tag") ?? "";
      const [productTag = ""] = tags.split(",");
      const purges: [tag: string, change: () => Promise<void> | void][] = [
        [productTag, () => setStock(site, "JAR-1", 7)],
        ["catalog", () => setStock(site, "JAR-1", 0)],
        [`category-${KITCHEN}`, () => {
          controls.sendEvent("wix.categories.v1.category_updated", KITCHEN);
        }],
      ];
      for (const [tag, change] of purges) {
        await open(JAR);
        assertEquals(await status(JAR), HIT);
        const purged = cache.purged(tag);
        await change();
        await purged;
      }
      const { body } = await open(JAR);
      assertStringIncludes(body, "sold out");
    },
  );

  await t.step(
    "while Wix does not respond, cached pages are served",
    async () => {
      await open("/shop");
      await using down = await cached.startProcess();
      cache.upstream = down.origin;
      const failing = [
        "GET /stores/v3/products/search",
        "POST /categories/v1/categories/query",
      ];
      for (const target of failing) {
        controls.failNext(target, { status: 503, times: "always" });
      }
      cached.aheadMs += 12 * MINUTE_MS;
      const page = await open("/shop");
      assertEquals(
        page.headers.get("cache-status"),
        `${HIT}; detail=stale-if-error`,
      );
      assertEquals(page.status, 200);
      for (const target of failing) controls.clearFaults(target);
      cache.upstream = site.app.origin;
    },
  );
});

Deno.test("Wix events", async (t) => {
  await using cached = await startCachedSite(WITH_WEBHOOKS);
  const { cache, site } = cached;
  const { controls } = site.wix;
  const events: string[] = [];
  const received = [Promise.withResolvers<void>()];
  await using receiver = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    async (request) => {
      events.push(await request.text());
      received.at(-1)?.resolve();
      received.push(Promise.withResolvers());
      return new Response();
    },
  );
  controls.webhookUrls = [`http://127.0.0.1:${receiver.addr.port}/`];
  /** Has Wix sign an event, and returns it. */
  const sign = async (type: string, id: string) => {
    const next = received.at(-1)?.promise;
    controls.sendEvent(type, id);
    await next;
    return events.at(-1) ?? "";
  };
  const deliver = async (body: string) => {
    const request = { method: "POST", body };
    const response = await fetch(site.app.origin + WEBHOOK, request);
    return [response.status, await response.text(), cache.purges.length];
  };
  const UPDATED = [
    "wix.stores.catalog.v3.product_updated",
    guid("product", 1),
  ] as const;
  const genuine = await sign(...UPDATED);

  await t.step("forged ones are refused", async () => {
    const [header, payload = "", signature] = genuine.split(".");
    const unsigned = `${btoa('{"alg":"none"}')}.${payload}.`;
    const changed = `${header}.${payload.replace(/.$/, "A")}.${signature}`;
    for (const body of ["", "x", unsigned, changed, `${header}.${payload}.`]) {
      const [status, text, purges] = await deliver(body);
      assertEquals([status, purges], [403, 0]);
      assertMatch(`${text}`, /^Cannot verify the event: ./);
    }
    const request = { method: "POST", body: "x".repeat(1024 * 1024 + 1) };
    const large = await fetch(site.app.origin + WEBHOOK, request);
    await large.body?.cancel();
    assertEquals(large.status, 413);
  });

  await t.step("expired ones are refused", async () => {
    controls.clockOffsetSeconds = -7_200;
    const expired = await sign(...UPDATED);
    controls.clockOffsetSeconds = 0;
    const [status, text, purges] = await deliver(expired);
    assertEquals([status, purges], [403, 0]);
    assertStringIncludes(`${text}`, '"exp" claim');
  });

  await t.step("repeated ones purge nothing", async () => {
    // Wix repeats one that is not handled within 1.25 seconds.
    const replies = await Promise.all([deliver(genuine), deliver(genuine)]);
    assertEquals(replies.map(([status]) => status), [200, 200]);
    const repeated = [200, "The event was handled before\n", 1];
    assertEquals(await deliver(genuine), repeated);
  });

  await t.step("ones that change no page are accepted", async () => {
    const order = await sign("wix.ecom.v1.order_updated", guid("order", 1047));
    assertEquals(await deliver(order), [200, "The event was handled\n", 1]);
  });

  await t.step(
    "a failed one is handled when Wix repeats it",
    async () => {
      const event = await sign(...UPDATED);
      cache.purgeStatus = 503;
      assertEquals((await deliver(event))[0], 500);
      cache.purgeStatus = 204;
      assertEquals(await deliver(event), [200, "The event was handled\n", 2]);
    },
  );
});

Deno.test("an invalid key is named when an event is refused", async () => {
  const settings = { ...ON_DEPLOY, WIX_CLIENT_PUBLIC_KEY: btoa("a key") };
  await using cached = await startCachedSite(settings);
  const response = await fetch(cached.site.app.origin + WEBHOOK, {
    method: "POST",
    body: "x",
  });
  assertEquals(response.status, 403);
  assertStringIncludes(await response.text(), "must be SPKI");
});

Deno.test("without WIX_CLIENT_PUBLIC_KEY, no page is stored and no event is accepted", async () => {
  await using cached = await startCachedSite(ON_DEPLOY);
  const page = await cached.open(JAR);
  assertEquals(page.headers.get("cache-control"), "private, no-store");
  const response = await fetch(cached.site.app.origin + WEBHOOK, {
    method: "POST",
    body: "x",
  });
  assertEquals(response.status, 503);
  assertStringIncludes(
    await response.text(),
    "WIX_CLIENT_PUBLIC_KEY is not set",
  );
});
