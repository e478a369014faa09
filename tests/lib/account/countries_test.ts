import { assertEquals } from "@std/assert";
import { COUNTRIES } from "@/lib/account/countries.ts";

const nameOf = (code: string) =>
  COUNTRIES.find((country) => country.code === code)?.name;

Deno.test("COUNTRIES are the 249 countries of ISO 3166-1, and Kosovo", () => {
  assertEquals(COUNTRIES.length, 250);
  assertEquals(new Set(COUNTRIES.map(({ code }) => code)).size, 250);
  assertEquals(nameOf("DE"), "Germany");
  assertEquals(nameOf("XK"), "Kosovo");
});

Deno.test("COUNTRIES has no groups, retired codes or unassigned codes", () => {
  for (const code of ["EU", "UN", "IC", "DD", "SU", "YU", "ZZ", "QO", "UK"]) {
    assertEquals(nameOf(code), undefined, code);
  }
});
