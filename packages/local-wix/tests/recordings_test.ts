import { assert, assertEquals } from "@std/assert";
import { type LocalWix, SITE, startLocalWix } from "../src/mod.ts";
import { memberTokens } from "./helpers/http.ts";
import {
  differences,
  recordFetch,
  type Recording,
  replay,
  shapeOf,
} from "./helpers/recording.ts";
import { test } from "./helpers/site.ts";

const path = (relative: string) => new URL(relative, import.meta.url).pathname;

/** The recordings in a folder, as texts. */
async function read(folder: string): Promise<string[]> {
  const files = await Array.fromAsync(Deno.readDir(folder));
  const names = files.map(({ name }) => name).filter((n) => n.endsWith("json"));
  return await Promise.all(
    names.sort().map((name) => Deno.readTextFile(`${folder}/${name}`)),
  );
}

/** Where local Wix differs from a recording. */
async function compare(wix: LocalWix, recording: Recording): Promise<string[]> {
  const { refresh: memberRefreshToken } = await memberTokens(wix);
  return await replay(recording, wix.origin, { ...SITE, memberRefreshToken });
}

for (const text of await read(path("recordings"))) {
  const recording: Recording = JSON.parse(text);
  test(`as on ${recording.recorded} at Wix: ${recording.test}`, async (wix) => {
    assertEquals(await compare(wix, recording), []);
  });
}

Deno.test("recordings contain no secrets, and a replay shows where responses differ", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const { refresh } = await memberTokens(wix);
  const folder = await Deno.makeTempDir();
  const files = ["sessions", "members", "data"]
    .map((name) => path(`contract/${name}_test.ts`));
  const { success, stdout } = await new Deno.Command(Deno.execPath(), {
    // deno-fmt-ignore -- a command line
    args: ["test", "-A", "--no-check", `--config=${Deno.env.get("FRESH_WIX_CONFIG") ?? path("../deno.json")}`,
      `--preload=${path("../src/preload.mjs")}`, ...files, "--", `--record=${folder}`],
    env: {
      WIX_API_ORIGIN: wix.origin,
      WIX_LIVE_CLIENT_ID: SITE.clientId,
      WIX_LIVE_API_KEY: SITE.apiKey,
      WIX_LIVE_SITE_ID: SITE.siteId,
      WIX_LIVE_MEMBER_REFRESH_TOKEN: refresh,
    },
  }).output();
  assert(success, new TextDecoder().decode(stdout));
  const texts = await read(folder);
  await Deno.remove(folder, { recursive: true });
  assert(texts.length > 10);
  for (const text of texts) {
    const { clientId, siteId, instanceId, apiKey } = SITE;
    for (const secret of [refresh, clientId, siteId, instanceId, apiKey]) {
      assert(!text.includes(secret), text);
    }
    const isPersonal = /OauthNG|eyJ|[\w-]{100}|@(?!example\.com)|set-cookie/i;
    assertEquals(isPersonal.exec(text.replace(/"test": .+/, "")), null);
    assertEquals(await compare(wix, JSON.parse(text)), []);
  }

  // deno-fmt-ignore -- a table
  for (const [recorded, changed, difference] of [
    ['"status": "404"', '"status": "400"', "status: 400 at Wix, 404 here"],
    [".code\": \"text WDE0025", ".code\": \"text WDE0026", "body.details.applicationError.code: text WDE0026 at Wix, text WDE0025 here"],
    ['"body.message": "text",', "", "body.message: missing at Wix, text here"],
    ['"body.message": "text",', '"body.message": "text", "body.more": "null",', "body.more: null at Wix, missing here"],
    ['Error.data": "object"', 'Error.data": "list"', "body.details.applicationError.data: list at Wix, object here"],
  ] as const) {
    const text = texts.find((text) => text.includes('"text WDE0025')) ?? "";
    const found = await compare(wix, JSON.parse(text.replace(recorded, changed)));
    assertEquals(found, [`1 GET /wix-data/v2/items/query: ${difference}`]);
  }
  const shapes = [[{ code: 1, in: [] }], [{ code: 2, in: [{ a: 1 }] }], []]
    .map((body) => shapeOf(400, body));
  const [one = {}, two = {}, none = {}] = shapes;
  const codes = "body.0.code: number 1 at Wix, number 2 here";
  assertEquals(differences(one, two), [codes]);
  assertEquals(differences(two, none), []);
});

Deno.test("values repeated from responses, and personal data, are not recorded", async () => {
  const token = `JWS.${"t".repeat(40)}`;
  const sends = { token, phone: "+49 221 5550100" };
  const body = { ...sends, name: "Ann", "ann@a.example": "Lee" };
  const calls: Recording["calls"][number][] = [];
  const respond = () => Promise.resolve(Response.json(body));
  const recorded = recordFetch(respond, { apiKey: "k".repeat(20) }, calls);
  const send = (authorization: string) =>
    recorded("https://www.wixapis.com/x?email=ann%40a.example", {
      method: "POST",
      body: JSON.stringify(sends),
      headers: { authorization, cookie: token },
    });
  for (const sent of ["made-up", token, "k".repeat(20)]) await send(sent);
  await recorded("https://login.example/");
  assertEquals(
    calls.map(({ headers }) => headers.authorization),
    ["unknown", "{{0.token}}", "{{apiKey}}"],
  );
  const text = JSON.stringify(calls.slice(1));
  assertEquals(/ann|5550100|Ann|Lee|ttt|kkk|cookie/.exec(text), null);
});
