import { assertEquals, assertMatch, assertThrows } from "@std/assert";
import { demoSeed, readSeed, startLocalWix } from "../src/mod.ts";
import { at, get, memberTokens, post, tokensIn } from "./helpers/http.ts";

const GUID = "12345678-1234-4123-8123-123456789abc";

Deno.test("readSeed() of an empty object is the demo site", () => {
  assertEquals(readSeed("{}"), demoSeed());
});

Deno.test("readSeed() fills in what a member leaves out", () => {
  const { people } = readSeed('{"members": [{"email": "Zoe@shop.example"}]}');
  assertEquals(people, [{
    email: "Zoe@shop.example",
    slug: "zoe",
    firstName: "Zoe",
    lastName: "",
    nickname: "Zoe",
    note: "0 orders",
    privacy: "PUBLIC",
    orderCount: 0,
  }]);
});

Deno.test("readSeed() makes a slug of any e-mail address", () => {
  const members = ["ann+test@shop.example", "josé@shop.example"];
  const { people } = readSeed(
    JSON.stringify({ members: members.map((email) => ({ email })) }),
  );
  assertEquals(people.map(({ slug }) => slug), ["ann-test", "jos-"]);
});

Deno.test("readSeed() names the field that is wrong", () => {
  const member = (fields: object) => ({
    members: [{ email: "a@b.example", ...fields }],
  });
  for (
    const [seed, reason] of [
      [[], "the seed is not an object"],
      [
        { member: [] },
        "the seed has no member, only site, properties, members",
      ],
      [{ site: "x" }, "site is not an object"],
      [{ site: { clientId: "x" } }, "site.clientId is not a GUID"],
      [{ site: { name: "" } }, "site.name is not a text"],
      [{ site: { nmae: "x" } }, "site has no nmae, only clientId"],
      [{ properties: 1 }, "properties is not an object"],
      [{ members: 0 }, "members is not a whole number from 1 to 60"],
      [{ members: 61 }, "members is not a whole number from 1 to 60"],
      [{ members: "12" }, "members is neither a number nor a list"],
      [{ members: [1] }, "members[0] is not an object"],
      [{ members: [{}] }, "members[0].email is not an e-mail address"],
      [member({ email: "a b@c" }), "members[0].email is not an e-mail"],
      [member({ orders: -1 }), "members[0].orders is not a whole number"],
      [member({ orders: 501 }), "members[0].orders is not a whole number"],
      [member({ private: "yes" }), "members[0].private is neither true nor"],
      [member({ slug: "a/b" }), "members[0].slug has more than letters"],
      [member({ firstName: 1 }), "members[0].firstName is not a text"],
      [member({ age: 1 }), "members[0] has no age"],
      [
        { members: [{ email: "a@b.example" }, { email: "a@b.example" }] },
        'members[1].email is taken: "a@b.example"',
      ],
      [
        {
          members: [
            { email: "a@b.example" },
            { email: "A@b.example", slug: "other" },
          ],
        },
        'members[1].email is taken: "A@b.example"',
      ],
      [
        { members: [{ email: "a@b.example" }, { email: "a@c.example" }] },
        'members[1].slug is taken: "a"',
      ],
    ] as const
  ) {
    assertThrows(() => readSeed(JSON.stringify(seed)), TypeError, reason);
  }
  assertThrows(() => readSeed("{"), TypeError, "it is not JSON");
});

Deno.test("a seed brings its own site, members and orders", async () => {
  const seed = readSeed(JSON.stringify({
    site: { clientId: GUID, clientSecret: "s", name: "Ada & Sons" },
    properties: { paymentCurrency: "EUR" },
    members: [{ email: "ada@ada.example", firstName: "Ada", orders: 130 }],
  }));
  await using wix = await startLocalWix({ port: 0, seed });
  const app = {
    client_id: GUID,
    client_secret: "s",
    grant_type: "client_credentials",
  };
  const { body } = await post(wix, "/oauth2/token", app);
  const authorization = String(at(body, "access_token"));
  const properties = await get(wix, "/site-properties/v4/properties", {
    authorization,
  });
  assertEquals(at(properties.body, "properties.paymentCurrency"), "EUR");
  assertEquals(at(properties.body, "properties.siteDisplayName"), "Ada & Sons");
  const search = { search: { cursorPaging: { limit: 100 } } };
  const orders = await post(wix, "/ecom/v1/orders/search", search, {
    authorization,
  });
  assertEquals(at(orders.body, "metadata.hasNext"), true);
  assertEquals(at(orders.body, "orders.0.number"), "1130");
});

Deno.test("a seed's client id is the only one that is known", async () => {
  const seed = readSeed(JSON.stringify({ site: { clientId: GUID } }));
  await using wix = await startLocalWix({ port: 0, seed });
  const grantType = "anonymous";
  const right = await post(wix, "/oauth2/token", { clientId: GUID, grantType });
  assertMatch(tokensIn(right).access, /^OauthNG/);
  const demo = demoSeed().site.clientId;
  const wrong = await post(wix, "/oauth2/token", { clientId: demo, grantType });
  assertEquals(wrong.status, 400);
});

Deno.test("a site without members still logs visitors in and lists nobody", async () => {
  const seed = readSeed('{"members": []}');
  await using wix = await startLocalWix({ port: 0, seed });
  const { body } = await get(wix, "/_local/overview");
  assertEquals(at(body, "members.length"), 0);
});

Deno.test("members without notes are on the login page too", async () => {
  const seed = readSeed('{"members": [{"email": "ann@demo.example"}]}');
  await using wix = await startLocalWix({ port: 0, seed });
  const { access: authorization } = await memberTokens(wix);
  const my = await get(wix, "/members/v1/members/my", { authorization });
  assertEquals(at(my.body, "member.profile.slug"), "ann");
});
