import { assertEquals } from "@std/assert";
import { cleanText, hasUnseen } from "@/lib/account/clean_text.ts";

const CLEANED: [text: string | null | undefined, line: string][] = [
  [undefined, ""],
  [null, ""],
  ["  Ann\t\n Archer\u00a0", "Ann Archer"],
  ["\u200b\u2060\ufeff\u00ad\ufe0f\u3164", ""],
  ["e\u0301", "\u00e9"],
  ["👨‍👩‍👧", "👨‍👩‍👧"],
  ["\u0007", "\u0007"],
];

Deno.test("cleanText() returns a line without what nobody means", () => {
  for (const [text, line] of CLEANED) assertEquals(cleanText(text), line);
});

Deno.test("hasUnseen() finds controls, overrides and what was not decoded", () => {
  for (
    const text of [
      "\u0000",
      "\u001b[31m",
      "\u0085",
      "\u202e",
      "\u2066",
      "\ufffd",
    ]
  ) {
    assertEquals(hasUnseen(`a${text}b`), true, JSON.stringify(text));
  }
});

Deno.test("hasUnseen() lets through what languages and emoji are made of", () => {
  for (
    const text of [
      "Zoë",
      "أحمد\u200f",
      "نمی\u200cخواهم",
      "👩🏽‍🌾",
      "<b>&amp;</b>",
      "",
    ]
  ) {
    assertEquals(hasUnseen(text), false, text);
  }
});
