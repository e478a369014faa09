import { badgeAssignments, badges, badgesV2, members } from "@wix/members";
import { assert, assertEquals } from "@std/assert";
import { assertWixError, contract, type Site } from "../helpers/site.ts";

const it = {
  apiKey: contract("apiKey"),
  member: contract("member"),
  seed: contract("seed"),
  seedWrites: contract("seed", "writes"),
};

const modules = { badgeAssignments, badges, badgesV2, members };
const NO_BADGE = "00000000-0000-4000-8000-0000000000ff";

it.seed("queryBadges() finds a badge by slug", async (site) => {
  const { items } = await site.admin(modules).badgesV2.queryBadges()
    .eq("slug", "vip").find();
  assertEquals(items.map(({ title }) => title), ["VIP"]);
});

it.seed("getBadge() finds a badge by id", async (site) => {
  const { badgesV2: api } = site.admin(modules);
  const { items } = await api.queryBadges().limit(1).find();
  const [badge] = items;
  assertEquals((await api.getBadge(badge?._id ?? "")).slug, badge?.slug);
});

it.seed("queryBadgeAssignments() lists who has a badge, page by page", async (site) => {
  const first = await site.admin(modules).badgeAssignments
    .queryBadgeAssignments().eq("badgeId", await badgeId(site, "vip"))
    .limit(1).find();
  const second = await first.next();
  assertEquals([first.items.length, second.items.length], [1, 1]);
  assert(first.items[0]?.memberId !== second.items[0]?.memberId);
  assertEquals([first.hasNext(), second.hasNext()], [true, false]);
  assertEquals((await second.prev()).items, first.items);
});

it.seedWrites("createBadgeAssignment() gives a badge, deleteBadgeAssignment() takes it", async (site) => {
  const { badgeAssignments: api } = site.admin(modules);
  const vip = await badgeId(site, "vip");
  const memberId = await memberIdOf(site, "ben");
  const created = await api.createBadgeAssignment({ badgeId: vip, memberId });
  assertEquals(await badgesOf(site, memberId), ["founding-member", "vip"]);
  await api.deleteBadgeAssignment(created._id ?? "");
  assertEquals(await badgesOf(site, memberId), ["founding-member"]);
});

it.seedWrites("[assumed] a badge that the member has already is 409 ALREADY_EXISTS", async (site) => {
  const { badgeAssignments: api } = site.admin(modules);
  const founding = await badgeId(site, "founding-member");
  const memberId = await memberIdOf(site, "ben");
  await assertWixError(
    () => api.createBadgeAssignment({ badgeId: founding, memberId }),
    409,
    "ALREADY_EXISTS",
  );
  assertEquals(await badgesOf(site, memberId), ["founding-member"]);
});

it.apiKey("[assumed] an unknown badge is 404 BADGE_NOT_FOUND", async (site) => {
  const { badgesV2: api } = site.admin(modules);
  await assertWixError(() => api.getBadge(NO_BADGE), 404, "BADGE_NOT_FOUND");
});

it.seedWrites("the older badges API returns the same", async (site) => {
  const { badges: api } = site.admin(modules);
  const { badges: all } = await api.listBadges();
  assertEquals(all?.map(({ slug }) => slug), [
    "vip",
    "wholesale",
    "founding-member",
  ]);
  const vip = await badgeId(site, "vip");
  const memberId = await memberIdOf(site, "ben");
  await api.assignBadge(vip, [memberId]);
  const { memberIds } = await api.listMembersByBadge(vip);
  assert(memberIds?.includes(memberId));
  await api.unassignBadge(vip, [memberId]);
  const { memberBadgeIds } = await api.listBadgesPerMember([memberId]);
  assertEquals(memberBadgeIds?.[0]?.badgeIds?.includes(vip), false);
});

it.seedWrites("a deleted member has no badges", async (site) => {
  const memberId = await memberIdOf(site, "ann");
  await site.admin(modules).members.deleteMember(memberId);
  assertEquals(await badgesOf(site, memberId), []);
});

it.member("[assumed] badges are read by apps and API keys only", async (site) => {
  for (const client of [site.visitor(modules), await site.member(modules)]) {
    await assertWixError(() => client.badgesV2.queryBadges().find(), 403);
  }
});

async function badgeId(site: Site, slug: string): Promise<string> {
  const { items } = await site.admin(modules).badgesV2.queryBadges()
    .eq("slug", slug).find();
  return items[0]?._id ?? "";
}

async function memberIdOf(site: Site, slug: string): Promise<string> {
  const { items } = await site.admin(modules).members.queryMembers()
    .eq("profile.slug", slug).find();
  return items[0]?._id ?? "";
}

async function badgesOf(site: Site, memberId: string) {
  const client = site.admin(modules);
  const { items } = await client.badgeAssignments.queryBadgeAssignments()
    .eq("memberId", memberId).find();
  const ids = items.map((assignment) => assignment.badgeId);
  const { items: found } = await client.badgesV2.queryBadges()
    .in("_id", ids).ascending("slug").find();
  return found.map(({ slug }) => slug);
}
