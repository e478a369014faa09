import { validate as isGuid } from "uuid";
import * as v from "valibot";
import { isRecord } from "../http/json.ts";
import { fieldOf } from "../http/validate.ts";
import { PEOPLE, peopleUpTo, type Person } from "./people.ts";
import { demoSeed, type Seed, SITE, SITE_PROPERTIES } from "./seed.ts";

const GUID = v.exactOptional(
  v.pipe(
    v.string("not a text"),
    v.check((text) => isGuid(text), "not a GUID"),
  ),
);
const TEXT = v.exactOptional(
  v.pipe(v.string("not a text"), v.nonEmpty("an empty text")),
);

const SITE_SCHEMA = v.strictObject({
  clientId: GUID,
  clientSecret: TEXT,
  instanceId: GUID,
  siteId: GUID,
  ownerId: GUID,
  apiKey: TEXT,
  name: TEXT,
}, "not an object");

const ANY_TEXT = v.optional(v.string("not a text"));

const MEMBER = v.pipe(
  v.strictObject({
    email: v.pipe(
      v.string("not a text"),
      v.regex(/^[^\s@]+@[^\s@]+$/, "not an e-mail address"),
    ),
    firstName: ANY_TEXT,
    lastName: ANY_TEXT,
    nickname: ANY_TEXT,
    slug: v.optional(v.pipe(
      v.string("not a text"),
      v.regex(/^[\w.-]+$/, "limited to letters, digits, . _ -"),
    )),
    private: v.optional(v.boolean("neither true nor false"), false),
    orders: v.optional(wholeNumber(0, 500), 0),
    note: ANY_TEXT,
  }, "not an object"),
  v.transform(({ email, orders: orderCount, ...sent }): Person => {
    const [account = ""] = email.split("@");
    const { firstName = account } = sent;
    const count = orderCount === 1 ? "1 order" : `${orderCount} orders`;
    return {
      email,
      slug: sent.slug ?? account.toLowerCase().replace(/[^\w.-]+/g, "-"),
      firstName,
      lastName: sent.lastName ?? "",
      nickname: sent.nickname ?? firstName,
      note: sent.note ?? count,
      privacy: sent.private ? "PRIVATE" : "PUBLIC",
      orderCount,
    };
  }),
);

const MEMBER_COUNT = v.pipe(wholeNumber(1, 60), v.transform(peopleUpTo));
const MEMBERS = v.pipe(
  v.array(MEMBER, "neither a number nor a list"),
  v.maxLength(1000, "a list of more than 1000"),
);

const SEED = v.strictObject({
  site: v.optional(SITE_SCHEMA, {}),
  properties: v.optional(
    v.record(v.string(), v.unknown(), "not an object"),
    {},
  ),
  members: v.optional(
    v.lazy((input) => typeof input === "number" ? MEMBER_COUNT : MEMBERS),
    PEOPLE.length,
  ),
}, "not an object");

function wholeNumber(min: number, max: number) {
  const text = `not a whole number from ${min} to ${max}`;
  return v.pipe(
    v.number(text),
    v.integer(text),
    v.minValue(min, text),
    v.maxValue(max, text),
  );
}

/**
 * The seed that a seed file describes. What it leaves out is the demo site's.
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
  if (!isRecord(file)) throw new TypeError("the seed is not an object");
  const result = v.safeParse(SEED, file);
  if (!result.success) throw new TypeError(describe(result.issues[0]));
  const { site: ids, properties, members: people } = result.output;
  const site = { ...SITE, ...ids };
  const siteDisplayName = site.name;
  refuseDoubles(people);
  return {
    ...demoSeed(),
    site,
    siteProperties: { ...SITE_PROPERTIES, siteDisplayName, ...properties },
    people,
  };
}

function describe(issue: v.BaseIssue<unknown>): string {
  const field = fieldOf(issue, "");
  if (issue.type === "strict_object" && issue.expected === "never") {
    return `there is no field ${field}`;
  }
  if (issue.received === "undefined") return `${field} is missing`;
  return `${field || "the seed"} is ${issue.message}`;
}

function refuseDoubles(people: readonly Person[]): void {
  for (const name of ["email", "slug"] as const) {
    const seen = new Set<string>();
    for (const [index, { [name]: text }] of people.entries()) {
      // Logins compare e-mail addresses without regard to case.
      const key = name === "email" ? text.toLowerCase() : text;
      if (seen.has(key)) {
        throw new TypeError(`members[${index}].${name} is taken: "${text}"`);
      }
      seen.add(key);
    }
  }
}
