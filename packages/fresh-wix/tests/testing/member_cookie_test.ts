import { assertEquals, assertStringIncludes } from "@std/assert";
import { App } from "fresh";
import { assertMember, createWix, type WixState } from "../../src/mod.ts";
import { memberCookie } from "../../src/testing/mod.ts";

const SETTINGS: Record<string, string> = {
  WIX_CLIENT_ID: "00000000-0000-4000-8000-000000000001",
  SESSION_SECRET: "v3Kq9ZxT0mWb7RfYc2NdHs8LuJpXa5Ge",
};

for (const APP_ORIGIN of ["http://localhost:8000", "https://shop.example"]) {
  Deno.test(`memberCookie() logs a member in to a test of ${APP_ORIGIN}, where an earlier step sets a cookie`, async () => {
    const env = (name: string) => ({ ...SETTINGS, APP_ORIGIN })[name];
    const wix = createWix({ env });
    const handler = new App<WixState>()
      .use((ctx) => {
        wix.cookies(ctx).outgoing.append("set-cookie", "a=before-the-session");
        return ctx.next();
      })
      .use(wix.session)
      .get("/", ({ state: { session } }) => {
        assertMember(session);
        return Response.json(session.member);
      })
      .handler();
    const member = { id: "c6d5a4e3-0000-4000-8000-000000000001", name: "Ann" };
    const cookie = await memberCookie({ env, ...member });
    const response = await handler(
      new Request(`${APP_ORIGIN}/`, { headers: { cookie } }),
    );
    assertEquals(await response.json(), member);
    const [first] = response.headers.getSetCookie();
    assertStringIncludes(first ?? "", "a=before-the-session");
  });
}

Deno.test("requests that wait for each other each have their own member (I6)", async () => {
  const env = (name: string) =>
    ({ ...SETTINGS, APP_ORIGIN: "https://shop.example" })[name];
  const { promise: all, resolve } = Promise.withResolvers<void>();
  const names = Array.from({ length: 20 }, (_, index) => `Member ${index}`);
  let waiting = 0;
  const handler = new App<WixState>()
    .use(createWix({ env }).session)
    .get("/", async ({ state }) => {
      if (++waiting === names.length) resolve();
      await all;
      return new Response(state.session.member?.name);
    })
    .handler();
  const seen = await Promise.all(names.map(async (name) => {
    const cookie = await memberCookie({ env, name });
    const request = new Request("https://shop.example/", {
      headers: { cookie },
    });
    return await (await handler(request)).text();
  }));
  assertEquals(seen, names);
});
