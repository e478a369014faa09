import * as v from "valibot";
import { isRecord } from "../http/json.ts";
import { fieldOf } from "../http/validate.ts";
import { buildSeed } from "./build_seed.ts";
import type { Seed } from "./seed.ts";
import { SEED_FILE } from "./seed_schema.ts";

/**
 * The seed that a seed file describes. The demo site provides missing parts.
 *
 * @throws {TypeError} that names the field, such as `members[2].email`.
 */
export function readSeed(json: string): Seed {
  let file: unknown;
  try {
    file = JSON.parse(json);
  } catch {
    throw new TypeError("it is not JSON");
  }
  return checkSeed(file);
}

/** The same, for the content of a seed file. */
export function checkSeed(file: unknown): Seed {
  if (!isRecord(file)) throw new TypeError("the seed is not an object");
  const result = v.safeParse(SEED_FILE, file);
  if (result.success) return buildSeed(result.output);
  throw new TypeError(describe(result.issues[0]));
}

function describe(issue: v.BaseIssue<unknown>): string {
  const field = fieldOf(issue, "");
  if (issue.type === "strict_object" && issue.expected === "never") {
    return `${field} is not a known field`;
  }
  if (issue.received === "undefined") return `${field} is missing`;
  return `${field || "the seed"} is ${issue.message}`;
}
