/** Members, orders and badges: what a query finds, who sees it and who changes what. */
import { assertEquals } from "@std/assert";
import { orderFulfillments, orders, orderTransactions } from "@wix/ecom";
import { badgeAssignments, badges, badgesV2, members } from "@wix/members";
import { guid } from "../../src/mod.ts";
import { daysBefore } from "../../src/seed/people.ts";
import { at } from "../helpers/http.ts";
import type { Site } from "../helpers/site.ts";
import { cases, each, find, listed, type Loose } from "./rows.ts";

const modules = {
  badgeAssignments,
  badges,
  badgesV2,
  members,
  orderFulfillments,
  orders,
  orderTransactions,
};
const visitor = (site: Site): Loose => site.visitor(modules);
const admin = (site: Site): Loose => site.admin(modules);
const member = (site: Site, email?: string): Promise<Loose> =>
  site.member(modules, email);
const BEN = guid("member", 2);
const CHIARA = guid("member", 3);
const ORDER = guid("order", 1047);
const UNKNOWN = guid("member", 0xffff);
const FULL = { fieldsets: ["FULL"] };

// deno-fmt-ignore -- a table
each([
  [[["eq", "loginEmail", "ben@demo.example"]], "ben"],
  [[["eq", "profile.slug", "elodie"]], "elodie"],
  [[["eq", "profile.nickname", "浩"]], "hiroshi"],
  [[["eq", "contact.lastName", "O'Neill"]], "grace"],
  [[["eq", "contact.firstName", "נועה"]], "noa"],
  [[["eq", "privacyStatus", "PRIVATE"], ["ascending", "profile.nickname"]], "chiara femi"],
  [[["ne", "privacyStatus", "PRIVATE"]], 10],
  [[["startsWith", "profile.nickname", "Ka"]], "katharina"],
  [[["in", "_id", [BEN, CHIARA, UNKNOWN]], ["ascending", "loginEmail"]], "ben chiara"],
  [[["gt", "profile.slug", "katharina"], ["ascending", "loginEmail"]], "liam noa"],
  [[["lt", "profile.slug", "ben"]], "ann"],
  [[["le", "profile.slug", "ben"], ["ascending", "loginEmail"]], "ann ben"],
  [[["gt", "_createdDate", new Date(daysBefore(345))]], "liam"],
  [[["le", "_createdDate", new Date(daysBefore(390))], ["ascending", "loginEmail"]], "ann ben"],
  [[["exists", "contact.firstName", false]], ""],
  [[["eq", "contactId", guid("contact", 3)]], "chiara"],
  [[["eq", "contact.firstName", "Ann"], ["eq", "profile.slug", "ben"]], ""],
  [[["ascending", "profile.nickname"], ["limit", 2]], "ann ben"],
  [[["descending", "_createdDate"], ["limit", 2]], "liam katharina"],
  [[["ascending", "loginEmail"], ["skip", 1], ["limit", 1]], "ben"],
], "queryMembers() with $0 finds $1", async (site, steps) =>
  (await find(admin(site).members.queryMembers(), steps)).map(({ profile }) => profile));
each(
  [["loginEmail", 0], ["contact.firstName", 0], ["contact.lastName", 0], [
    "lastLoginDate",
    0,
  ]],
  "[assumed] a visitor finds no member by $0",
  (site, field) =>
    find(visitor(site).members.queryMembers(), [["exists", field, true]]),
);

// deno-fmt-ignore -- a table
each([
  ["contact.firstName", { contact: { firstName: "Benno" } }, "Benno"],
  ["contact.lastName", { contact: { lastName: "" } }, ""],
  ["contact.birthdate", { contact: { birthdate: "2000-02-29" } }, "2000-02-29"],
  ["contact.company", { contact: { company: "Juniper & Sons" } }, "Juniper & Sons"],
  ["contact.jobTitle", { contact: { jobTitle: "Baker" } }, "Baker"],
  ["contact.phones", { contact: { phones: ["+1 555 0123"] } }, ["+1 555 0123"]],
  ["contact.addresses.0.city", { contact: { addresses: [{ city: "Bend" }] } }, "Bend"],
  ["profile.nickname", { profile: { nickname: "B." } }, "B."],
  ["profile.title", { profile: { title: "Baker" } }, "Baker"],
  ["privacyStatus", { privacyStatus: "PRIVATE" }, "PRIVATE"],
], "a member changes their own $0, and nothing else", async (site, path, change) => {
  const { members: api } = await member(site, "ben@demo.example");
  const before = (await api.getCurrentMember(FULL)).member;
  await api.updateMember(BEN, change);
  const after = (await api.getCurrentMember(FULL)).member;
  const [part = ""] = path.split(".");
  const rest = (whole: Loose) => ({ ...whole, [part]: null, _updatedDate: null });
  assertEquals(rest(after), rest(before));
  return at(after, path);
});
// deno-fmt-ignore -- a table
each([
  ["loginEmail", { loginEmail: "b@x.example" }, "ben@demo.example"],
  ["status", { status: "BLOCKED" }, "APPROVED"],
  ["contactId", { contactId: UNKNOWN }, guid("contact", 2)],
  ["profile.slug", { profile: { slug: "x" } }, "ben"],
], "updateMember() leaves $0 at $2", async (site, path, change) =>
  at(await (await member(site, "ben@demo.example")).members.updateMember(BEN, change), path));

// deno-fmt-ignore -- a table
each([
  [{ status: "APPROVED" }, 37],
  [{ status: { $in: ["CANCELED", "PENDING"] } }, 12],
  [{ status: { $in: ["PENDING", "REJECTED"] } }, 3],
  [{ status: "INITIALIZED" }, 0],
  [{ $and: [{ status: { $ne: "APPROVED" } }] }, 13],
  [{ paymentStatus: "PENDING" }, 4],
  [{ paymentStatus: "PAID" }, 11],
  [{ paymentStatus: { $ne: "PAID" } }, 36],
  [{ paymentStatus: { $nin: ["PAID", "NOT_PAID"] } }, 32],
  [{ _createdDate: { $gt: new Date(daysBefore(13, 74)) } }, 2],
  [{ purchasedDate: { $lte: new Date(daysBefore(13, 74)) } }, 45],
  [{ fulfillmentStatus: "FULFILLED" }, 17],
  [{ fulfillmentStatus: "PARTIALLY_FULFILLED" }, 10],
  [{ fulfillmentStatus: { $ne: "FULFILLED" } }, 30],
  [{ number: "1047" }, 1],
  [{ number: { $gt: "1037" } }, 10],
  [{ number: { $gt: "9" } }, 47],
  [{ _id: { $in: [ORDER, UNKNOWN] } }, 1],
  [{ "buyerInfo.memberId": guid("member", 1) }, 47],
  [{ "buyerInfo.email": { $startsWith: "ann@" } }, 47],
  [{ $not: { paymentStatus: "PAID" } }, 36],
  [{ $or: [{ number: "1001" }, { number: "1002" }] }, 2],
], "searchOrders() by $0 finds $1 of a member's own", async (site, filter) =>
  (await (await member(site)).orders.searchOrders({ filter })).orders);
each(
  ["number", "_createdDate", "purchasedDate", "priceSummary.total.amount"]
    .flatMap((field) => [[field, "ASC", 47], [field, "DESC", 47]]),
  "searchOrders() sorts by the value of $0 $1",
  async (site, fieldName, order) => {
    const { orders: api } = await member(site);
    const sort = [{ fieldName, order }];
    const { orders: found } = await api.searchOrders({ sort });
    const sign = order === "ASC" ? 1 : -1;
    const values = found.map((one: unknown) => Number(at(one, fieldName)));
    assertEquals(
      values,
      values.toSorted((a: number, b: number) => sign * (a - b)),
    );
    return values;
  },
);

const asChiara = (site: Site) => member(site, "chiara@demo.example");
// deno-fmt-ignore -- a table
cases([
  ["an app finds the orders of every buyer", async (site) => (await admin(site).orders.searchOrders({ filter: { "buyerInfo.memberId": { $in: [CHIARA, guid("member", 4)] } } })).orders.length, 8],
  ["[assumed] a visitor does not find a member's order", (site) => visitor(site).orders.getOrder(ORDER), "404 ORDER_NOT_FOUND"],
  ["an app reads any order", async (site) => (await admin(site).orders.getOrder(ORDER)).number, "1047"],
  ["an order's purchase date is a date", async (site) => (await admin(site).orders.getOrder(ORDER)).purchasedDate instanceof Date, true],
  ["[assumed] an app does not find an unknown order's transactions", (site) => admin(site).orderTransactions.listTransactionsForSingleOrder(UNKNOWN), "404 ORDER_NOT_FOUND"],
  ["[assumed] transactions are not for visitors", (site) => visitor(site).orderTransactions.listTransactionsForSingleOrder(ORDER), "403 PERMISSION_DENIED"],
  ["a search of orders refuses two operators on one field", async (site) => (await member(site)).orders.searchOrders({ filter: { paymentStatus: { $ne: "PAID", $in: ["PAID"] } } }), "400 filter"],
  ["[assumed] a search of orders refuses a filter beside a cursor", async (site) => { const { orders: api } = await member(site); const { metadata } = await api.searchOrders({ cursorPaging: { limit: 1 } }); return api.searchOrders({ filter: { number: "1" }, cursorPaging: { cursor: metadata.cursors.next } }); }, "400 search.cursorPaging.cursor"],

  ["members have pages of up to 100", (site) => admin(site).members.queryMembers().limit(101).find(), "400 paging.limit"],
  ["members are not found by an undeclared field", (site) => admin(site).members.queryMembers({ filter: { password: "x" } }, {}), "400 filter"],
  ["a member's own private profile is there for them", async (site) => (await (await asChiara(site)).members.getMember(CHIARA)).profile.slug, "chiara"],
  ["an extended view has an email, and no contact", async (site) => { const { loginEmail, contact } = await admin(site).members.getMember(CHIARA, { fieldsets: ["EXTENDED"] }); return [loginEmail, contact]; }, ["chiara@demo.example", undefined]],
  ["[assumed] an app is no member", (site) => admin(site).members.getCurrentMember(), "403 PERMISSION_DENIED"],
  ["a visitor cannot delete themselves", (site) => visitor(site).members.deleteMyMember(), "403 PERMISSION_DENIED"],
  ["a visitor cannot join the community", (site) => visitor(site).members.joinCommunity(), "403 PERMISSION_DENIED"],
  ["a visitor has no slug to change", (site) => visitor(site).members.updateCurrentMemberSlug("x"), "403 PERMISSION_DENIED"],
  ["a member makes no members", async (site) => (await member(site)).members.createMember({ member: { loginEmail: "x@x.example" } }), "403 PERMISSION_DENIED"],
  ["a member cannot block others", async (site) => (await member(site)).members.blockMember(BEN), "403 PERMISSION_DENIED"],
  ["a member cannot approve members", async (site) => (await asChiara(site)).members.approveMember(CHIARA), "403 PERMISSION_DENIED"],
  ["a member needs an email address", (site) => admin(site).members.createMember({ member: { loginEmail: "no address" } }), "400 member.loginEmail"],
  ["[assumed] an unknown member cannot be blocked", (site) => admin(site).members.blockMember(UNKNOWN), "404 MEMBER_NOT_FOUND"],

  ["badges are found by several slugs, and sorted", async (site) => listed((await admin(site).badgesV2.queryBadges().in("slug", ["vip", "wholesale"]).descending("slug").find()).items), "wholesale vip"],
  ["a badge has the members that hold it", async (site) => listed((await admin(site).badgeAssignments.queryBadgeAssignments().eq("badgeId", guid("badge", 2)).find()).items, "memberId"), guid("member", 4)],
  ["[assumed] a badge is not given to an unknown member", (site) => admin(site).badgeAssignments.createBadgeAssignment({ badgeId: guid("badge", 1), memberId: UNKNOWN }), "404 MEMBER_NOT_FOUND"],
  ["[assumed] an unknown badge cannot be given", (site) => admin(site).badgeAssignments.createBadgeAssignment({ badgeId: UNKNOWN, memberId: BEN }), "404 BADGE_NOT_FOUND"],
  ["[assumed] a visitor sees no badge", (site) => visitor(site).badgesV2.queryBadges().find(), "403 PERMISSION_DENIED"],
  ["[assumed] a member gives themselves no badge", async (site) => (await member(site)).badgeAssignments.createBadgeAssignment({ badgeId: guid("badge", 2), memberId: guid("member", 1) }), "403 PERMISSION_DENIED"],
  ["[assumed] a member does not see who has a badge", async (site) => (await member(site)).badges.listMembersByBadge(guid("badge", 1)), "403 PERMISSION_DENIED"],
]);
