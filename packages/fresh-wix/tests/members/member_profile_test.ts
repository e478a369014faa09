import { assertEquals } from "@std/assert";
import { memberProfile } from "../../src/session/session.ts";

Deno.test("memberProfile() names a member by nickname, slug, or in general", () => {
  const nameOf = (profile: { nickname?: string; slug?: string }) =>
    memberProfile({ _id: "m1", profile })?.name;
  assertEquals(nameOf({ nickname: "Ann", slug: "ann1" }), "Ann");
  assertEquals(nameOf({ nickname: "", slug: "ann1" }), "ann1");
  assertEquals(nameOf({}), "Member");
});

Deno.test("memberProfile() cuts a long name between characters", () => {
  const profile = { nickname: "x".repeat(99) + "🌲🌲" };
  const name = memberProfile({ _id: "m1", profile })?.name ?? "";
  assertEquals(name, "x".repeat(99) + "🌲");
  assertEquals(name.isWellFormed(), true);
});

Deno.test("memberProfile() knows nobody without an id", () => {
  assertEquals(memberProfile(undefined), undefined);
  assertEquals(memberProfile({ profile: { nickname: "Ann" } }), undefined);
});
