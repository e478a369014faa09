import { members } from "@wix/members";
import { assert, assertEquals, assertRejects } from "@std/assert";
import { guid } from "../../src/mod.ts";
import {
  assertWixError,
  it,
  type OAuthClient,
  type Site,
} from "../helpers/site.ts";

const modules = { members };
type Client = OAuthClient<typeof modules>;
const FULL = { fieldsets: ["FULL" as const] };
const UNKNOWN = "00000000-0000-4000-8000-0000000000ff";
const BEN = "ben@demo.example";
const CHIARA = guid("member", 3);

const visitor = (site: Site) => site.visitor(modules).members;
const admin = (site: Site) => site.admin(modules).members;
const slugs = (items: readonly members.Member[]) =>
  items.map(({ profile }) => profile?.slug);

it.member("getCurrentMember() returns the requested fieldset", async (site) => {
  const { members: api } = await site.member(modules);
  const seen = async (fieldset: "PUBLIC" | "EXTENDED" | "FULL") => {
    const { member } = await api.getCurrentMember({ fieldsets: [fieldset] });
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
  const call = () => visitor(site).getCurrentMember();
  await assertWixError(call, 404, "NOT_FOUND");
});

it.local("[assumed] getMember() shows others PUBLIC, and no private member", async (site) => {
  const { members: ann } = await site.member(modules);
  for (const api of [ann, visitor(site)]) {
    const call = () => api.getMember(CHIARA);
    await assertWixError(call, 404, "MEMBER_NOT_FOUND");
  }
  const ben = await ann.getMember(guid("member", 2), FULL);
  assertEquals([ben.profile?.slug, ben.contact], ["ben", undefined]);
  const unknown = () => admin(site).getMember(UNKNOWN);
  await assertWixError(unknown, 404, "MEMBER_NOT_FOUND");
  const { members: app } = site.app(modules);
  assertEquals((await app.getMember(CHIARA, FULL)).privacyStatus, "PRIVATE");
});

it.local("queryMembers() returns public data to visitors, their own full entry to members, everything to an API key", async (site) => {
  const seen = await visitor(site).queryMembers(FULL).find();
  for (const { loginEmail, contact, status } of seen.items) {
    const data = [loginEmail, contact, status];
    assertEquals(data, [undefined, undefined, "UNKNOWN"]);
  }
  const { members: chiara } = await site.member(modules, "chiara@demo.example");
  const { items } = await chiara.queryMembers(FULL).find();
  const open = items.filter(({ contact }) => contact);
  assertEquals([seen.items.length, items.length, open.length], [10, 11, 1]);
  assertEquals(open[0]?.privacyStatus, "PRIVATE");
  assert(open[0]?._createdDate instanceof Date);
  const hidden = await chiara.queryMembers().eq("loginEmail", BEN).find();
  assertEquals(hidden.items, []);
  const all = await admin(site).queryMembers(FULL).find();
  assertEquals(all.items.length, 12);
  const { metadata } = await admin(site)
    .listMembers({ paging: { limit: 1, offset: 0 } });
  assertEquals([metadata?.count, metadata?.total], [1, 12]);
  assert(all.items.every(({ contact, loginEmail }) => contact && loginEmail));
});

it.local("updateMember() changes only a member's own data", async (site) => {
  const ann = await site.member(modules);
  const ben = await ownId(await site.member(modules, BEN));
  const contact = { firstName: "Anna", phones: ["+1 555 0199"] };
  const update = (id: string, api: Pick<typeof ann, "members"> = ann) =>
    api.members.updateMember(id, { contact });
  const readOnly = { loginEmail: "eve@demo.example", profile: { slug: "eve" } };
  await ann.members.updateMember(await ownId(ann), readOnly);
  const updated = await update(await ownId(ann));
  assertEquals(updated.loginEmail, "ann@demo.example");
  assertEquals(updated.profile?.slug, "ann");
  assertEquals(updated.contact?.firstName, "Anna");
  assertEquals(updated.contact?.lastName, "Archer");
  await assertWixError(() => update(ben), 403);
  await assertWixError(() => update(CHIARA), 404);
  await assertWixError(() => update(ben, site.visitor(modules)), 403);
  const profile = { nickname: "Kiki" };
  const changed = await admin(site).updateMember(CHIARA, { profile });
  assertEquals(changed.profile?.nickname, "Kiki");
});

it.local("updateMember() replaces a list and does not clear it; the delete calls do", async (site) => {
  const client = await site.member(modules);
  const { members: api } = client;
  const id = await ownId(client);
  const lists = async () => {
    const { member } = await api.getCurrentMember(FULL);
    const { phones, emails, addresses } = member?.contact ?? {};
    return [phones?.length, emails?.length, addresses?.length];
  };
  const address = { addressLine: "2 New Road", city: "Bend", country: "US" };
  await api.updateMember(id, { contact: { addresses: [address] } });
  await api.updateMember(id, { contact: { phones: [], addresses: [] } });
  assertEquals(await lists(), [1, 1, 1]);
  await api.deleteMemberPhones(id);
  await api.deleteMemberEmails(id);
  await api.deleteMemberAddresses(id);
  assertEquals(await lists(), [0, 0, 0]);
});

it.local("joinCommunity() makes a profile public, leaveCommunity() private", async (site) => {
  const chiara = await site.member(modules, "chiara@demo.example");
  const shown = async () => {
    const { items } = await visitor(site).queryMembers()
      .eq("profile.slug", "chiara").find();
    return items.length;
  };
  const { member } = await chiara.members.joinCommunity();
  assertEquals([member?.privacyStatus, await shown()], ["PUBLIC", 1]);
  await chiara.members.leaveCommunity();
  assertEquals(await shown(), 0);
});

it.local("updateCurrentMemberSlug() moves the profile; [assumed] a slug is 1 to 255 letters, digits and -_., and unique", async (site) => {
  const { members: api } = await site.member(modules);
  for (const slug of ["Zoë_1.x-y", "a".repeat(255)]) {
    await api.updateCurrentMemberSlug(slug);
    const { member } = await api.getCurrentMember();
    assertEquals(member?.profile?.slug, slug);
  }
  for (const slug of ["", "a b", "a/b", "a?b", "a".repeat(256)]) {
    await assertWixError(() => api.updateCurrentMemberSlug(slug), 400);
  }
  const taken = () => api.updateCurrentMemberSlug("ben");
  await assertWixError(taken, 409, "SLUG_ALREADY_EXISTS");
});

it.local("deleteMyMember() deletes the member and their session; members may not call deleteMember()", async (site) => {
  const client = await site.member(modules, BEN);
  const id = await ownId(client);
  await assertWixError(() => client.members.deleteMember(id), 403);
  await client.members.deleteMyMember();
  await assertWixError(() => client.members.getCurrentMember(), 401);
  const query = admin(site).queryMembers().eq("loginEmail", BEN);
  assertEquals((await query.find()).items, []);
});

it.local("createMember() creates a private member with a slug from the nickname; [assumed] an email is unique", async (site) => {
  const api = admin(site);
  const created = await api.createMember({
    member: {
      loginEmail: "zoe@demo.example",
      contact: { firstName: "Zoe" },
      profile: { nickname: "Ann" },
    },
  });
  assertEquals(created.privacyStatus, "PRIVATE");
  assertEquals(created.profile?.slug, "ann1");
  const found = await api.getMember(created._id ?? "", FULL);
  assertEquals(found.loginEmail, "zoe@demo.example");
  const again = { member: { loginEmail: "ANN@demo.example" } };
  await assertWixError(() => api.createMember(again), 409);
});

it.local("[assumed] blockMember() ends a member's tokens until they are approved; muteMember() does not", async (site) => {
  const ann = await site.member(modules);
  const id = await ownId(ann);
  const { member } = await admin(site).blockMember(id);
  assertEquals(member?.status, "BLOCKED");
  await assertWixError(() => ann.members.getCurrentMember(), 401);
  const { refreshToken } = ann.auth.getTokens();
  const refresh = () => ann.auth.renewToken(refreshToken);
  await assertRejects(refresh, Error, "invalid_grant");
  await admin(site).approveMember(id);
  assertEquals(await ownId(ann), id);
  const { member: muted } = await admin(site).muteMember(id);
  const { member: unmuted } = await admin(site).unmuteMember(id);
  const statuses = [muted?.activityStatus, unmuted?.activityStatus];
  assertEquals(statuses, ["MUTED", "ACTIVE"]);
});

it.local("bulk calls report each member, and [assumed] are done when they return", async (site) => {
  const api = admin(site);
  const { jobId } = await api.bulkBlockMembers({ "profile.slug": "chiara" });
  assert(jobId);
  const { items } = await api.queryMembers().eq("status", "BLOCKED").find();
  assertEquals(slugs(items), ["chiara"]);
  const { results, bulkActionMetadata } = await api
    .bulkDeleteMembers([CHIARA, UNKNOWN]);
  const successes = results?.map(({ itemMetadata }) => itemMetadata?.success);
  assertEquals(successes, [true, false]);
  assertEquals(bulkActionMetadata?.totalSuccesses, 1);
});

/** The id of the member who calls. */
async function ownId({ members }: Pick<Client, "members">): Promise<string> {
  const { member } = await members.getCurrentMember();
  return member?._id ?? "";
}
