import { assert, assertEquals, assertRejects } from "@std/assert";
import { guid, startLocalWix } from "../src/mod.ts";
import { at, get, memberTokens, post, visitorTokens } from "./helpers/http.ts";
import { SdkRig } from "./helpers/sdk.ts";

const [ANN, BEN, CHIARA] = [1, 2, 3].map((number) => guid("member", number));

Deno.test("getCurrentMember() answers the member with all their data", async () => {
  await using rig = await SdkRig.start();
  const client = await rig.member("chiara@demo.example");
  const { member } = await client.members.getCurrentMember({
    fieldsets: ["FULL"],
  });
  assertEquals(member?._id, CHIARA);
  assertEquals(member?.contact?.lastName, "Conti");
  assertEquals(member?.privacyStatus, "PRIVATE");
  assert(member?._createdDate instanceof Date);
});

Deno.test("getCurrentMember() grows with the fieldset", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const { access: authorization } = await memberTokens(wix);
  const seen = async (query: string) => {
    const path = `/members/v1/members/my${query}`;
    const { body } = await get(wix, path, { authorization });
    return ["loginEmail", "status", "contact.lastName"].map((name) =>
      at(body, `member.${name}`)
    );
  };
  const none = [undefined, "UNKNOWN", undefined];
  const email = "ann@demo.example";
  assertEquals(await seen(""), none);
  assertEquals(await seen("?fieldsets=PUBLIC"), none);
  assertEquals(await seen("?fieldsets=EXTENDED"), [
    email,
    "APPROVED",
    undefined,
  ]);
  const both = "?fieldsets=PUBLIC&fieldsets=FULL";
  assertEquals(await seen(both), [email, "APPROVED", "Archer"]);
});

Deno.test("getCurrentMember() is 404 for a visitor and 403 for an app", async () => {
  await using rig = await SdkRig.start();
  const asVisitor = await rejection(() =>
    rig.visitor().members.getCurrentMember()
  );
  assertEquals(at(asVisitor, "status"), 404);
  const asApp = await rejection(() => rig.app().members.getCurrentMember());
  assertEquals(at(asApp, "status"), 403);
});

Deno.test("queryMembers() shows visitors the public members with public data", async () => {
  await using rig = await SdkRig.start();
  const { items, totalCount } = await rig.visitor().members
    .queryMembers({ fieldsets: ["FULL"] }).find();
  assertEquals([items.length, totalCount], [10, 10]);
  assert(!items.some(({ _id }) => _id === CHIARA));
  for (const item of items) {
    assertEquals(item.loginEmail, undefined);
    assertEquals(item.contact, undefined);
    assertEquals(item.status, "UNKNOWN");
    assert(item.profile?.nickname);
  }
});

Deno.test("queryMembers() shows members their own full and private entry", async () => {
  await using rig = await SdkRig.start();
  const client = await rig.member("chiara@demo.example");
  const { items } = await client.members.queryMembers({ fieldsets: ["FULL"] })
    .find();
  const withContact = items.filter(({ contact }) => contact);
  assertEquals(items.length, 11);
  assertEquals(withContact.map(({ _id }) => _id), [CHIARA]);
});

Deno.test("queryMembers() shows an app and an API key everybody", async () => {
  await using rig = await SdkRig.start();
  for (const client of [rig.app(), rig.apiKey()]) {
    const { items } = await client.members.queryMembers({
      fieldsets: ["FULL"],
    }).find();
    assertEquals(items.length, 12);
    assert(items.every(({ contact }) => contact?.lastName));
  }
});

Deno.test("queryMembers() pages forth and back by metadata.total", async () => {
  await using rig = await SdkRig.start({ memberCount: 60 });
  const first = await rig.app().members.queryMembers().limit(25).find();
  assertEquals([first.items.length, first.totalCount], [25, 60]);
  assertEquals([first.totalPages, first.hasPrev()], [3, false]);
  const second = await first.next();
  const third = await second.next();
  assertEquals([third.items.length, third.hasNext()], [10, false]);
  const ids = [first, second, third].flatMap(({ items }) => items);
  assertEquals(new Set(ids.map(({ _id }) => _id)).size, 60);
  assertEquals((await third.prev()).items, second.items);
});

Deno.test("queryMembers() filters with the operators of the SDK", async () => {
  await using rig = await SdkRig.start();
  const query = () => rig.app().members.queryMembers();
  const slugs = async (builder: ReturnType<typeof query>) =>
    (await builder.find()).items.map(({ profile }) => profile?.slug).sort();
  const slug = "profile.slug";
  assertEquals(await slugs(query().eq("loginEmail", "ben@demo.example")), [
    "ben",
  ]);
  assertEquals(await slugs(query().in(slug, ["ann", "noa", "x"])), [
    "ann",
    "noa",
  ]);
  assertEquals(await slugs(query().startsWith("profile.nickname", "CHI")), [
    "chiara",
  ]);
  assertEquals(await slugs(query().eq("privacyStatus", "PRIVATE")), [
    "chiara",
    "femi",
  ]);
  assertEquals(await slugs(query().ge(slug, "katharina").lt(slug, "noa")), [
    "katharina",
    "liam",
  ]);
  assertEquals((await slugs(query().ne(slug, "ann"))).length, 11);
  assertEquals((await slugs(query().exists("contactId", true))).length, 12);
});

Deno.test("queryMembers() does not tell hidden values through a filter", async () => {
  await using rig = await SdkRig.start();
  const { items } = await rig.visitor().members.queryMembers()
    .eq("loginEmail", "ben@demo.example").find();
  assertEquals(items, []);
});

Deno.test("POST /members/v1/members/query sorts both ways", async () => {
  await using rig = await SdkRig.start();
  const order = async (direction: string) => {
    const { headers } = await rig.app().auth.getAuthHeaders();
    const sort = [{ fieldName: "profile.nickname", order: direction }];
    const query = { sort, filter: { "profile.slug": { $in: ["ann", "ben"] } } };
    const path = "/members/v1/members/query";
    const { body } = await post(rig.wix, path, { query }, headers);
    return [at(body, "members.0.id"), at(body, "members.1.id")];
  };
  assertEquals(await order("ASC"), [ANN, BEN]);
  assertEquals(await order("DESC"), [BEN, ANN]);
});

Deno.test("POST /members/v1/members/query names the field it refuses", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const { access: authorization } = await visitorTokens(wix);
  for (
    const [query, field] of [
      [{ paging: { limit: 101 } }, "query.paging.limit"],
      [{ paging: { offset: -1 } }, "query.paging.offset"],
      [{ filter: { password: "x" } }, "filter"],
      [{ filter: { id: { $regex: "x" } } }, "filter"],
      [{ sort: [{ fieldName: "password" }] }, "sort"],
    ] as const
  ) {
    const path = "/members/v1/members/query";
    const { status, body } = await post(wix, path, { query }, {
      authorization,
    });
    const named = "details.validationError.fieldViolations.0.field";
    assertEquals([status, at(body, named)], [400, field]);
  }
});

Deno.test("listMembers() reads its payload from .r", async () => {
  await using rig = await SdkRig.start();
  const { members, metadata } = await rig.app().members.listMembers({
    paging: { limit: 2, offset: 1 },
    fieldsets: ["EXTENDED"],
    sorting: [{ fieldName: "createdDate", order: "DESC" }],
  });
  assertEquals(members?.map(({ loginEmail }) => loginEmail), [
    "katharina@demo.example",
    "noa@demo.example",
  ]);
  assertEquals(metadata?.total, 12);
});

Deno.test("[assumed] getMember() hides private members from others", async () => {
  await using rig = await SdkRig.start();
  const ann = await rig.member("ann@demo.example");
  assertEquals((await ann.members.getMember(BEN ?? ""))._id, BEN);
  for (const client of [ann, rig.visitor()]) {
    for (const id of [CHIARA ?? "", "no-such-member"]) {
      const error = await rejection(() => client.members.getMember(id));
      const code = at(error, "details.applicationError.code");
      assertEquals([at(error, "status"), code], [404, "MEMBER_NOT_FOUND"]);
    }
  }
  const app = rig.app();
  assertEquals((await app.members.getMember(CHIARA ?? ""))._id, CHIARA);
});

Deno.test("getMember() answers other people's data as PUBLIC", async () => {
  await using rig = await SdkRig.start();
  const ann = await rig.member("ann@demo.example");
  const fieldsets = { fieldsets: ["FULL" as const] };
  const ben = await ann.members.getMember(BEN ?? "", fieldsets);
  assertEquals([ben.loginEmail, ben.contact], [undefined, undefined]);
  const own = await ann.members.getMember(ANN ?? "", fieldsets);
  assertEquals(own.contact?.firstName, "Ann");
});

async function rejection(call: () => Promise<unknown>): Promise<unknown> {
  return await assertRejects(call);
}
