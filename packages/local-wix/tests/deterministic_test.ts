import { assertEquals, assertNotEquals } from "@std/assert";
import { type LocalWixOptions, startLocalWix } from "../src/mod.ts";
import {
  authRequest,
  codeGrant,
  get,
  pageUrl,
  post,
  refresh,
  token,
  tokensIn,
} from "./helpers/http.ts";
import { sourceTexts } from "./helpers/sources.ts";

const ANN = "/members/v1/members/00000001-0000-4000-8000-000000000001";

/** Every response of one story, headers included; ports are taken out. */
async function transcript(options: LocalWixOptions): Promise<string[]> {
  await using wix = await startLocalWix({ port: 0, ...options });
  const grant = await codeGrant(wix);
  const login = await token(wix, grant);
  const { access: authorization, refresh: old } = tokensIn(login);
  const auth = { authRequest: authRequest() };
  const page = await fetch(await pageUrl(wix, { auth }));
  await post(wix, "/_local/clock", { advanceSeconds: 60 });
  const changed = await fetch(wix.origin + ANN, {
    method: "PATCH",
    headers: { authorization },
    body: JSON.stringify({ member: { profile: { nickname: "A" } } }),
  });
  const responses = [
    grant,
    login,
    await refresh(wix, old),
    [page.status, [...page.headers], await page.text()],
    [changed.status, [...changed.headers], await changed.text()],
    await get(wix, "/nothing"),
  ];
  const { port } = new URL(wix.origin);
  const listed = (_: string, value: unknown) =>
    value instanceof Headers ? [...value] : value;
  return responses.map((response) =>
    JSON.stringify(response, listed).replaceAll(`:${port}`, ":PORT")
  );
}

Deno.test("deterministic: the same calls get the same responses, byte for byte, and different ones with another seed", async () => {
  const first = await transcript({ deterministic: "a" });
  assertEquals(await transcript({ deterministic: "a" }), first);
  const [otherGrant, otherLogin] = await transcript({ deterministic: "b" });
  assertNotEquals(otherGrant, first[0]);
  assertNotEquals(otherLogin, first[1]);
});

Deno.test("local Wix gets ids and time from no other source", async () => {
  const elsewhere =
    /crypto\.(?:randomUUID|getRandom)|Math\.random|Date\.now|new Date\(\)/;
  const users = (await sourceTexts())
    .filter(([, text]) => elsewhere.test(text)).map(([path]) => path);
  assertEquals(users.toSorted(), [
    "backend.ts",
    "http/certificate.ts",
    "ids.ts",
  ]);
});
