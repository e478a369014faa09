import { members } from "@wix/members";
import { guid } from "../../src/mod.ts";
import {
  assert,
  assertEquals,
  assertNotEquals,
  assertRejects,
} from "@std/assert";
import {
  assertWixError,
  contract,
  IS_LIVE,
  type OAuthClient,
} from "../helpers/site.ts";

const it = {
  any: contract(),
  apiKey: contract("apiKey"),
  apiKeyMemberWrites: contract("apiKey", "member", "writes"),
  apiKeySeed: contract("apiKey", "seed"),
  apiKeyWrites: contract("apiKey", "writes"),
  app: contract("app"),
  member: contract("member"),
  memberWrites: contract("member", "writes"),
  seed: contract("seed"),
  seedWrites: contract("seed", "writes"),
};

const FULL = { fieldsets: ["FULL" as const] };

it.member("getCurrentMember() returns the requested fieldset", async (site) => {
  const client = await site.member({ members });
  const seen = async (fieldset: "PUBLIC" | "EXTENDED" | "FULL") => {
    const { member } = await client.members.getCurrentMember({
      fieldsets: [fieldset],
    });
    const { loginEmail, status, contact, lastLoginDate } = member ?? {};
    return [loginEmail, status, contact, lastLoginDate].map((value) =>
      value === "UNKNOWN" ? false : Boolean(value)
    );
  };
  assertEquals(await seen("PUBLIC"), [false, false, false, false]);
  assertEquals(await seen("EXTENDED"), [true, true, false, false]);
  assertEquals(await seen("FULL"), [true, true, true, true]);
});

it.any("[assumed] getCurrentMember() of a visitor is 404 NOT_FOUND", async (site) => {
  const client = site.visitor({ members });
  await assertWixError(
    () => client.members.getCurrentMember(),
    404,
    "NOT_FOUND",
  );
});

it.app("[assumed] getCurrentMember() of an app is 403", async (site) => {
  const client = site.app({ members });
  await assertWixError(() => client.members.getCurrentMember(), 403);
});

it.member("getMember() finds a member by id", async (site) => {
  const client = await site.member({ members });
  const id = await ownId(client);
  assertEquals((await client.members.getMember(id))._id, id);
});

it.apiKey("[assumed] getMember() of an unknown id is 404 MEMBER_NOT_FOUND", async (site) => {
  const client = site.admin({ members });
  await assertWixError(
    () => client.members.getMember("00000000-0000-4000-8000-0000000000ff"),
    404,
    "MEMBER_NOT_FOUND",
  );
});

it.seed("[assumed] getMember() of a private member is 404 for others", async (site) => {
  const clients = [await site.member({ members }), site.visitor({ members })];
  for (const { members: api } of clients) {
    const call = () => api.getMember(guid("member", 3));
    await assertWixError(call, 404, "MEMBER_NOT_FOUND");
  }
  const { members: app } = site.app({ members });
  const chiara = await app.getMember(guid("member", 3), FULL);
  assertEquals(chiara.privacyStatus, "PRIVATE");
});

it.seed("[assumed] getMember() shows others PUBLIC, whatever they request", async (site) => {
  const { members: api } = await site.member({ members });
  const { items } = await api.queryMembers().eq("profile.slug", "ben").find();
  const ben = await api.getMember(items[0]?._id ?? "", FULL);
  assertEquals(ben.profile?.slug, "ben");
  assertEquals([ben.loginEmail, ben.contact], [undefined, undefined]);
  assertEquals(ben.status, "UNKNOWN");
});

it.member("queryMembers() finds a member by slug", async (site) => {
  const client = await site.member({ members });
  const { member } = await client.members.getCurrentMember(FULL);
  const slug = member?.profile?.slug;
  const { items } = await client.members.queryMembers()
    .eq("profile.slug", slug).find();
  assertEquals(items.map(({ _id }) => _id), [member?._id]);
});

it.any("queryMembers() without a match is an empty page", async (site) => {
  const client = site.visitor({ members });
  const page = await client.members.queryMembers()
    .eq("profile.slug", "no-member-has-this-slug").find();
  assertEquals([page.length, page.totalCount, page.hasNext()], [0, 0, false]);
});

it.apiKey("queryMembers() pages both ways, each member once", async (site) => {
  const client = site.admin({ members });
  const first = await client.members.queryMembers().limit(1).find();
  // A real site may have one member.
  if (IS_LIVE && !first.hasNext()) return;
  const second = await first.next();
  const back = await second.prev();
  assertEquals(first.totalPages, first.totalCount);
  assertEquals([first.hasPrev(), second.hasPrev()], [false, true]);
  assertNotEquals(second.items[0]?._id, first.items[0]?._id);
  assertEquals(back.items[0]?._id, first.items[0]?._id);
});

it.any("queryMembers() takes at most 100 a page", async (site) => {
  const client = site.visitor({ members });
  await assertWixError(
    () => client.members.queryMembers().limit(101).find(),
    400,
  );
});

it.any("queryMembers() shows visitors public members without private data", async (site) => {
  const client = site.visitor({ members });
  const { items } = await client.members.queryMembers(FULL).find();
  assert(IS_LIVE || items.length > 1);
  for (const { loginEmail, contact, status } of items) {
    assertEquals([loginEmail, contact], [undefined, undefined]);
    assertEquals(status, "UNKNOWN");
  }
});

it.apiKeySeed("queryMembers() shows an API key every member in full", async (site) => {
  const { items } = await site.admin({ members }).members.queryMembers(FULL)
    .find();
  assertEquals(items.length, 12);
  assert(items.every(({ contact, loginEmail }) => contact && loginEmail));
});

it.seed("queryMembers() hides private members from other members", async (site) => {
  const privates = async (email: string) => {
    const client = await site.member({ members }, email);
    const { items } = await client.members.queryMembers()
      .in("profile.slug", ["chiara", "femi"]).find();
    return items.map(({ profile }) => profile?.slug);
  };
  assertEquals(await privates("ann@demo.example"), []);
  assertEquals(await privates("femi@demo.example"), ["femi"]);
});

it.seed("queryMembers() filters with the SDK's operators", async (site) => {
  const query = () => site.admin({ members }).members.queryMembers();
  const slug = "profile.slug";
  for (
    const [builder, slugs] of [
      [query().eq("loginEmail", "ben@demo.example"), ["ben"]],
      [query().in(slug, ["ann", "noa", "x"]), ["ann", "noa"]],
      [query().startsWith("profile.nickname", "CHI"), ["chiara"]],
      [query().eq("privacyStatus", "PRIVATE"), ["chiara", "femi"]],
      [query().ge(slug, "katharina").lt(slug, "noa"), ["katharina", "liam"]],
    ] as const
  ) {
    const { items } = await builder.find();
    assertEquals(items.map((item) => item.profile?.slug).sort(), [...slugs]);
  }
});

it.seed("queryMembers() shows members their own entry in full, and no other", async (site) => {
  const chiara = await site.member({ members }, "chiara@demo.example");
  const { items } = await chiara.members.queryMembers(FULL).find();
  const open = items.filter(({ contact }) => contact);
  assertEquals([items.length, open.length], [11, 1]);
  assertEquals(open[0]?.privacyStatus, "PRIVATE");
  assert(open[0]?._createdDate instanceof Date);
  const hidden = await chiara.members.queryMembers()
    .eq("loginEmail", "ben@demo.example").find();
  assertEquals(hidden.items, []);
});

it.seed("[assumed] queryMembers() searches nicknames, or the fields that are named", async (site) => {
  const client = site.admin({ members });
  const search = async (expression: string, fields?: string[]) => {
    const { items } = await client.members.queryMembers({
      search: { expression, ...(fields && { fields }) },
    }).find();
    return items.map(({ profile }) => profile?.slug);
  };
  assertEquals(await search("IARA"), ["chiara"]);
  assertEquals(await search("Conti"), []);
  assertEquals(await search("conti", ["contact.lastName"]), ["chiara"]);
});

it.apiKey("listMembers() pages with a total", async (site) => {
  const client = site.admin({ members });
  const { members: page, metadata } = await client.members.listMembers({
    paging: { limit: 1, offset: 0 },
    fieldsets: ["EXTENDED"],
    sorting: [{ fieldName: "createdDate", order: "ASC" }],
  });
  assertEquals([page?.length, metadata?.count], [1, 1]);
  assert((metadata?.total ?? 0) >= 1);
  assert(page?.[0]?.loginEmail);
});

it.memberWrites("updateMember() changes a member's own data and no other's", async (site) => {
  const ann = await site.member({ members });
  const ben = await ownId(await site.member({ members }, "ben@demo.example"));
  const id = await ownId(ann);
  const contact = { firstName: "Anna", phones: ["+1 555 0199"] };
  const updated = await ann.members.updateMember(id, { contact });
  assertEquals(updated.contact?.firstName, "Anna");
  assertEquals(updated.contact?.lastName, "Archer");
  await assertWixError(() => ann.members.updateMember(ben, { contact }), 403);
  const chiara = guid("member", 3);
  const hidden = () => ann.members.updateMember(chiara, { contact });
  await assertWixError(hidden, 404);
  const { members: visitor } = site.visitor({ members });
  await assertWixError(() => visitor.updateMember(ben, { contact }), 403);
  const changed = await site.admin({ members }).members
    .updateMember(chiara, { profile: { nickname: "Kiki" } });
  assertEquals(changed.profile?.nickname, "Kiki");
});

it.memberWrites("updateMember() ignores read-only fields and moves the date", async (site) => {
  const { members: api } = await site.member({ members });
  if (site.wix) site.wix.controls.clockOffsetSeconds = 3600;
  const before = Date.now();
  const updated = await api.updateMember(guid("member", 1), {
    loginEmail: "eve@demo.example",
    status: "BLOCKED",
    contact: { emails: ["eve@demo.example"] },
    profile: { slug: "eve", nickname: "Annie" },
    privacyStatus: "PRIVATE",
  });
  assertEquals(updated.loginEmail, "ann@demo.example");
  assertEquals(updated.status, "APPROVED");
  assertEquals(updated.contact?.emails, ["ann@demo.example"]);
  assertEquals(updated.profile?.slug, "ann");
  assertEquals(updated.profile?.nickname, "Annie");
  assertEquals(updated.privacyStatus, "PRIVATE");
  assert(Number(updated._updatedDate) > before);
});

it.memberWrites("updateMember() replaces addresses as a whole", async (site) => {
  const { members: api } = await site.member({ members });
  const id = await ownId({ members: api });
  const address = { addressLine: "2 New Road", city: "Bend", country: "US" };
  const { contact } = await api.updateMember(id, {
    contact: { addresses: [address] },
  });
  assertEquals(contact?.addresses?.length, 1);
  assertEquals(contact?.addresses?.[0]?.addressLine, "2 New Road");
  assert(contact?.addresses?.[0]?._id);
});

it.memberWrites("updateMember() does not clear a list; the delete calls do", async (site) => {
  const { members: api } = await site.member({ members });
  const id = await ownId({ members: api });
  const lists = async () => {
    const { member } = await api.getCurrentMember(FULL);
    const { phones, emails, addresses } = member?.contact ?? {};
    return [phones?.length, emails?.length, addresses?.length];
  };
  await api.updateMember(id, { contact: { phones: [], addresses: [] } });
  assertEquals(await lists(), [1, 1, 1]);
  await api.deleteMemberPhones(id);
  await api.deleteMemberEmails(id);
  await api.deleteMemberAddresses(id);
  assertEquals(await lists(), [0, 0, 0]);
});

it.memberWrites("joinCommunity() and leaveCommunity() open and close a profile", async (site) => {
  const chiara = await site.member({ members }, "chiara@demo.example");
  const shown = async () => {
    const { items } = await site.visitor({ members }).members.queryMembers()
      .eq("profile.slug", "chiara").find();
    return items.length;
  };
  const { member } = await chiara.members.joinCommunity();
  assertEquals([member?.privacyStatus, await shown()], ["PUBLIC", 1]);
  await chiara.members.leaveCommunity();
  assertEquals(await shown(), 0);
});

it.memberWrites("updateCurrentMemberSlug() moves the profile", async (site) => {
  const client = await site.member({ members });
  await client.members.updateCurrentMemberSlug("ann-the-first");
  const { member } = await client.members.getCurrentMember();
  assertEquals(member?.profile?.slug, "ann-the-first");
});

it.seedWrites("[assumed] another member's slug is 409 SLUG_ALREADY_EXISTS", async (site) => {
  const client = await site.member({ members });
  await assertWixError(
    () => client.members.updateCurrentMemberSlug("ben"),
    409,
    "SLUG_ALREADY_EXISTS",
  );
});

it.memberWrites("[assumed] a slug is 1 to 255 letters, digits and -_.", async (site) => {
  const { members: api } = await site.member({ members });
  for (const slug of ["", "a b", "a/b", "a?b", "a".repeat(256)]) {
    await assertWixError(() => api.updateCurrentMemberSlug(slug), 400);
  }
  for (const slug of ["Zoë_1.x-y", "a".repeat(255)]) {
    const { member } = await api.updateCurrentMemberSlug(slug);
    assertEquals(member?.profile?.slug, slug);
  }
});

it.memberWrites("[assumed] a name has at most 100 characters", async (site) => {
  const { members: api } = await site.member({ members });
  const id = (await api.getCurrentMember()).member?._id ?? "";
  const name = (length: number) => ({
    contact: { firstName: "n".repeat(length) },
  });
  await api.updateMember(id, name(100));
  await assertWixError(() => api.updateMember(id, name(101)), 400);
});

it.memberWrites("deleteMyMember() ends the member and their session", async (site) => {
  const client = await site.member({ members }, "ben@demo.example");
  await client.members.deleteMyMember();
  await assertWixError(() => client.members.getCurrentMember(), 401);
  const { items } = await site.admin({ members }).members.queryMembers()
    .eq("loginEmail", "ben@demo.example").find();
  assertEquals(items, []);
});

it.memberWrites("deleteMember() is not for members", async (site) => {
  const client = await site.member({ members });
  const id = await ownId(client);
  await assertWixError(() => client.members.deleteMember(id), 403);
});

it.apiKeyWrites("createMember() makes a private member with a slug from the nickname", async (site) => {
  const client = site.admin({ members });
  const created = await client.members.createMember({
    member: {
      loginEmail: "zoe@demo.example",
      contact: { firstName: "Zoe" },
      profile: { nickname: "Ann" },
    },
  });
  assertEquals(created.privacyStatus, "PRIVATE");
  assertEquals(created.profile?.slug, "ann1");
  assertEquals(
    (await client.members.getMember(created._id ?? "", FULL)).loginEmail,
    "zoe@demo.example",
  );
});

it.apiKeyWrites("[assumed] createMember() refuses a second member with one e-mail: 409", async (site) => {
  const member = { loginEmail: "ANN@demo.example" };
  await assertWixError(
    () => site.admin({ members }).members.createMember({ member }),
    409,
  );
});

it.apiKeyMemberWrites("[assumed] blockMember() ends a member's tokens until they are approved", async (site) => {
  const ann = await site.member({ members });
  const id = await ownId(ann);
  const { members: admin } = site.admin({ members });
  const { member } = await admin.blockMember(id);
  assertEquals(member?.status, "BLOCKED");
  await assertWixError(() => ann.members.getCurrentMember(), 401);
  const { refreshToken } = ann.auth.getTokens();
  await assertRejects(
    () => ann.auth.renewToken(refreshToken),
    Error,
    "invalid_grant",
  );
  await admin.approveMember(id);
  assertEquals(await ownId(ann), id);
});

it.apiKeyMemberWrites("muteMember() and unmuteMember() change the activity status", async (site) => {
  const id = await ownId(await site.member({ members }));
  const { members: admin } = site.admin({ members });
  assertEquals(
    (await admin.muteMember(id)).member?.activityStatus,
    "MUTED",
  );
  assertEquals(
    (await admin.unmuteMember(id)).member?.activityStatus,
    "ACTIVE",
  );
});

it.apiKeyWrites("bulkDeleteMembers() reports success for each member", async (site) => {
  const id = await ownId(await site.member({ members }, "ben@demo.example"));
  const unknown = "00000000-0000-4000-8000-0000000000ff";
  const { results, bulkActionMetadata } = await site.admin({ members })
    .members.bulkDeleteMembers([id, unknown]);
  assertEquals(
    results?.map(({ itemMetadata }) => itemMetadata?.success),
    [true, false],
  );
  assertEquals(bulkActionMetadata?.totalSuccesses, 1);
});

it.apiKeyWrites("[assumed] bulkBlockMembers() has blocked when it returns", async (site) => {
  const { members: admin } = site.admin({ members });
  const { jobId } = await admin.bulkBlockMembers({ "profile.slug": "ben" });
  assert(jobId);
  const { items } = await admin.queryMembers().eq("status", "BLOCKED").find();
  assertEquals(items.map(({ profile }) => profile?.slug), ["ben"]);
});

/** The id of the member who calls. */
async function ownId(
  client: Pick<OAuthClient<{ members: typeof members }>, "members">,
): Promise<string> {
  const { member } = await client.members.getCurrentMember();
  return member?._id ?? "";
}
