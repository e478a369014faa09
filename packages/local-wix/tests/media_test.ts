import { assertEquals, assertMatch, assertNotEquals } from "@std/assert";
import { PRODUCTS } from "../src/seed/products.ts";
import { PICTOGRAMS } from "../src/site/media.ts";
import { startLocalWix } from "../src/mod.ts";

Deno.test("GET /media/{id} draws an image, in any size that Wix's addresses ask for", async () => {
  await using wix = await startLocalWix({ port: 0, log: () => {} });
  const read = async (path: string) => {
    const { status, headers, ...answer } = await draw(wix.origin + path);
    assertEquals(status, 200);
    assertEquals(headers.get("content-type"), "image/svg+xml");
    assertMatch(answer.text, /^<svg .*<\/svg>$/);
    return answer.text;
  };
  const mug = await read("/media/juniper_mug~mv2.jpg");
  const id = "juniper_mug~mv2.jpg";
  const small = await read(`/media/${id}/v1/fill/w_128,h_128,al_c,q_80/${id}`);
  assertEquals(small, mug);
  assertNotEquals(await read("/media/juniper_apr~mv2.jpg"), mug);
});

Deno.test("GET /media/{id} runs no script, whatever the id", async () => {
  await using wix = await startLocalWix({ port: 0, log: () => {} });
  const id = encodeURIComponent('"><script>alert(1)</script>');
  const { headers, text } = await draw(`${wix.origin}/media/${id}`);
  assertEquals(text.includes("script"), false);
  assertEquals(headers.get("content-security-policy"), "default-src 'none'");
});

Deno.test("every product with a picture has a drawing of its own", () => {
  const codes = PRODUCTS.filter(({ hasImage }) => hasImage)
    .map(({ code }) => code.toLowerCase());
  assertEquals(codes.toSorted(), Object.keys(PICTOGRAMS).toSorted());
});

async function draw(url: string) {
  const response = await fetch(url);
  const { status, headers } = response;
  return { status, headers, text: await response.text() };
}
