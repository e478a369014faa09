import { assertEquals } from "@std/assert";
import { wixProblems } from "@/lib/account/save_settings.ts";

const violating = (field: string, rule = "OTHER", threshold?: number) => ({
  details: {
    validationError: {
      fieldViolations: [{ field, violatedRule: rule, data: { threshold } }],
    },
  },
});

const ROWS: [field: string, inForm: string][] = [
  ["member.profile.nickname", "nickname"],
  ["member.contact.firstName", "firstName"],
  ["contact.lastName", "lastName"],
  ["member.contact.phones[2]", "phone-1"],
  ["member.contact.addresses[0].country", "address-1-addressLine"],
];

Deno.test("wixProblems() names the field of the form", () => {
  for (const [field, inForm] of ROWS) {
    assertEquals(Object.keys(wixProblems(violating(field))), [inForm]);
  }
});

Deno.test("wixProblems() is empty for fields that the form does not have", () => {
  for (const field of ["", "member.status", "nicknames", "__proto__"]) {
    assertEquals(wixProblems(violating(field)), {});
  }
});

Deno.test("wixProblems() says the longest length, in our words", () => {
  assertEquals(
    wixProblems(violating("member.profile.nickname", "MAX_LENGTH", 30)),
    { nickname: "Wix takes at most 30 characters here." },
  );
});
