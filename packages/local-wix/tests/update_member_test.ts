import { assert, assertEquals, assertRejects } from "@std/assert";
import { guid, startLocalWix } from "../src/mod.ts";
import { type Answer, at, memberTokens } from "./helpers/http.ts";
import { SdkRig } from "./helpers/sdk.ts";

const [ANN = "", BEN = "", CHIARA = ""] = [1, 2, 3].map((number) =>
  guid("member", number)
);

Deno.test("updateMember() changes what is sent and keeps the rest", async () => {
  await using rig = await SdkRig.start();
  const { members } = await rig.member();
  await members.updateMember(ANN, {
    contact: { firstName: "Anna", phones: ["+1 555 0199", "+1 555 0198"] },
    profile: { nickname: "Annie" },
  });
  const { member } = await members.getCurrentMember({ fieldsets: ["FULL"] });
  assertEquals(member?.contact?.firstName, "Anna");
  assertEquals(member?.contact?.lastName, "Archer");
  assertEquals(member?.contact?.phones, ["+1 555 0199", "+1 555 0198"]);
  assertEquals(member?.profile?.nickname, "Annie");
  assertEquals(member?.profile?.slug, "ann");
});

Deno.test("updateMember() answers the updated member and moves updatedDate", async () => {
  const now = () => Date.parse("2026-11-22T12:00:00Z");
  await using rig = await SdkRig.start({ now });
  const { members } = await rig.member();
  const contact = { phones: ["+1 555 0199"] };
  const updated = await members.updateMember(ANN, { contact });
  assertEquals(updated.contact?.phones, contact.phones);
  assertEquals(updated._updatedDate?.getTime(), now());
});

Deno.test("updateMember() ignores fields that are read-only", async () => {
  await using rig = await SdkRig.start();
  const { members } = await rig.member();
  const updated = await members.updateMember(ANN, {
    loginEmail: "eve@demo.example",
    status: "BLOCKED",
    contact: { emails: ["eve@demo.example"] },
    profile: { slug: "eve" },
  });
  assertEquals(updated.loginEmail, "ann@demo.example");
  assertEquals(updated.status, "APPROVED");
  assertEquals(updated.contact?.emails, ["ann@demo.example"]);
  assertEquals(updated.profile?.slug, "ann");
});

Deno.test("updateMember() makes a member private at once", async () => {
  await using rig = await SdkRig.start();
  const { members } = await rig.member();
  await members.updateMember(ANN, { privacyStatus: "PRIVATE" });
  const { items } = await rig.visitor().members.queryMembers().find();
  assert(!items.some(({ _id }) => _id === ANN));
});

Deno.test("updateMember() refuses other people's data", async () => {
  await using rig = await SdkRig.start();
  const change = { profile: { nickname: "Hacked" } };
  const ann = await rig.member();
  const statuses = [];
  for (
    const [client, id] of [
      [ann, BEN],
      [ann, CHIARA],
      [rig.visitor(), BEN],
    ] as const
  ) {
    const error = await assertRejects(() =>
      client.members.updateMember(id, change)
    );
    statuses.push(at(error, "status"));
  }
  assertEquals(statuses, [403, 404, 403]);
  const ben = await rig.app().members.getMember(BEN);
  assertEquals(ben.profile?.nickname, "Ben");
});

Deno.test("updateMember() lets an app change anyone", async () => {
  await using rig = await SdkRig.start();
  const updated = await rig.app().members.updateMember(CHIARA, {
    profile: { nickname: "Kiki" },
  });
  assertEquals(updated.profile?.nickname, "Kiki");
});

Deno.test("PATCH of a member marks its reply with X-Wix-Consistent", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const { access } = await memberTokens(wix);
  const url = `${wix.origin}/members/v1/members/${ANN}`;
  const body = JSON.stringify({ member: { id: ANN } });
  const headers = { authorization: access };
  const patched = await fetch(url, { method: "PATCH", headers, body });
  await patched.body?.cancel();
  const read = await fetch(url, { headers });
  await read.body?.cancel();
  assert(patched.headers.get("x-wix-consistent"));
  assertEquals(read.headers.get("x-wix-consistent"), null);
});

Deno.test("PATCH of a member names the field it refuses", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const { access: authorization } = await memberTokens(wix);
  for (
    const [member, field, rule] of [
      [
        { profile: { nickname: "x".repeat(101) } },
        "member.profile.nickname",
        "MAX_LENGTH",
      ],
      [{ contact: { firstName: 1 } }, "member.contact.firstName", "OTHER"],
      [{ contact: { phones: "1" } }, "member.contact.phones", "OTHER"],
      [{ privacyStatus: "SHY" }, "member.privacyStatus", "OTHER"],
    ] as const
  ) {
    const answer = await patch(wix.origin, authorization, { member });
    const violation = at(
      answer.body,
      "details.validationError.fieldViolations.0",
    );
    assertEquals(answer.status, 400);
    assertEquals(at(violation, "field"), field);
    assertEquals(at(violation, "violatedRule"), rule);
  }
});

async function patch(
  origin: string,
  authorization: string,
  body: unknown,
): Promise<Answer> {
  const response = await fetch(`${origin}/members/v1/members/${ANN}`, {
    method: "PATCH",
    headers: { authorization },
    body: JSON.stringify(body),
  });
  const { status, headers } = response;
  return { status, headers, body: await response.json() };
}
