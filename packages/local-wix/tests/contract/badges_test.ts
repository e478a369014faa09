import { badgeAssignments, badges, badgesV2, members } from "@wix/members";
import { assert, assertEquals } from "@std/assert";
import { assertWixError, it, type Site } from "../helpers/site.ts";

const modules = { badgeAssignments, badges, badgesV2, members };

it.local("a badge is found by slug and by id; [assumed] an unknown one is 404 BADGE_NOT_FOUND", async (site) => {
  const { badgesV2: api } = site.admin(modules);
  const { items } = await api.queryBadges().eq("slug", "vip").find();
  assertEquals(items.map(({ title }) => title), ["VIP"]);
  assertEquals((await api.getBadge(items[0]?._id ?? "")).slug, "vip");
  const get = () => api.getBadge("00000000-0000-4000-8000-0000000000ff");
  await assertWixError(get, 404, "BADGE_NOT_FOUND");
});

it.local("queryBadgeAssignments() lists who has a badge, page by page", async (site) => {
  const first = await site.admin(modules).badgeAssignments
    .queryBadgeAssignments().eq("badgeId", await badgeId(site, "vip"))
    .limit(1).find();
  const second = await first.next();
  assertEquals([first.items.length, second.items.length], [1, 1]);
  assert(first.items[0]?.memberId !== second.items[0]?.memberId);
  assertEquals([first.hasNext(), second.hasNext()], [true, false]);
  assertEquals((await second.prev()).items, first.items);
});

it.local("an assignment gives a badge; [assumed] a second one is 409, and a deletion removes it", async (site) => {
  const { badgeAssignments: api } = site.admin(modules);
  const assignment = {
    badgeId: await badgeId(site, "vip"),
    memberId: await memberIdOf(site, "ben"),
  };
  const { _id } = await api.createBadgeAssignment(assignment);
  assertEquals(await badgesOf(site, "ben"), ["founding-member", "vip"]);
  const again = () => api.createBadgeAssignment(assignment);
  await assertWixError(again, 409, "ALREADY_EXISTS");
  await api.deleteBadgeAssignment(_id ?? "");
  assertEquals(await badgesOf(site, "ben"), ["founding-member"]);
});

it.local("the older badges API returns the same", async (site) => {
  const { badges: api } = site.admin(modules);
  const { badges: all } = await api.listBadges();
  const slugs = ["vip", "wholesale", "founding-member"];
  assertEquals(all?.map(({ slug }) => slug), slugs);
  const vip = await badgeId(site, "vip");
  const memberId = await memberIdOf(site, "ben");
  await api.assignBadge(vip, [memberId]);
  const { memberIds } = await api.listMembersByBadge(vip);
  assert(memberIds?.includes(memberId));
  await api.unassignBadge(vip, [memberId]);
  const { memberBadgeIds } = await api.listBadgesPerMember([memberId]);
  assertEquals(memberBadgeIds?.[0]?.badgeIds?.includes(vip), false);
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

async function badgesOf(site: Site, member: string) {
  const client = site.admin(modules);
  const { items } = await client.badgeAssignments.queryBadgeAssignments()
    .eq("memberId", await memberIdOf(site, member)).find();
  const ids = items.map((assignment) => assignment.badgeId);
  const { items: found } = await client.badgesV2.queryBadges()
    .in("_id", ids).ascending("slug").find();
  return found.map(({ slug }) => slug);
}
