import { isRecord, type JsonObject } from "../http/json.ts";
import { isGuid } from "../http/parse.ts";
import { PEOPLE, peopleUpTo, type Person } from "./people.ts";
import type { Seed } from "./seed.ts";
import { SITE, type Site } from "./site.ts";
import { SITE_PROPERTIES, type SiteProperties } from "./site_properties.ts";

const MAX_DEMO_MEMBERS = 60;
const MAX_MEMBERS = 1000;
const MAX_ORDERS = 500;

/**
 * The seed that a seed file describes. What it leaves out is the demo site's.
 *
 * @throws {TypeError} that names the field, such as `members[2].email`.
 */
export function readSeed(json: string): Seed {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw new TypeError("it is not JSON");
  }
  const file = fields(value, "the seed", ["site", "properties", "members"]);
  const site = readSite(file.site);
  return {
    site,
    siteProperties: readProperties(file.properties, site),
    people: readPeople(file.members),
  };
}

function readSite(value: unknown = {}): Site {
  const sent = fields(value, "site", Object.keys(SITE));
  for (const [name, text] of Object.entries(sent)) {
    if (typeof text !== "string" || text === "") {
      throw new TypeError(`site.${name} is not a text`);
    }
    if (/(?:client|instance|site|owner)Id$/.test(name) && !isGuid(text)) {
      throw new TypeError(`site.${name} is not a GUID`);
    }
  }
  return { ...SITE, ...sent };
}

function readProperties(value: unknown = {}, { name }: Site): SiteProperties {
  if (!isRecord(value)) throw new TypeError("properties is not an object");
  return { ...SITE_PROPERTIES, siteDisplayName: name, ...value };
}

function readPeople(value: unknown = PEOPLE.length): readonly Person[] {
  if (typeof value === "number") {
    return peopleUpTo(integer(value, "members", [1, MAX_DEMO_MEMBERS]));
  }
  if (!Array.isArray(value) || value.length > MAX_MEMBERS) {
    throw new TypeError(
      `members is neither a number nor a list of up to ${MAX_MEMBERS}`,
    );
  }
  const people = value.map((item, index) =>
    readPerson(item, `members[${index}]`)
  );
  for (const name of ["email", "slug"] as const) {
    const seen = new Set<string>();
    for (const [index, { [name]: text }] of people.entries()) {
      // Logins tell e-mail addresses apart by their letters, not by their case.
      const key = name === "email" ? text.toLowerCase() : text;
      if (seen.has(key)) {
        throw new TypeError(`members[${index}].${name} is taken: "${text}"`);
      }
      seen.add(key);
    }
  }
  return people;
}

function readPerson(value: unknown, place: string): Person {
  const sent = fields(value, place, [
    "email",
    "firstName",
    "lastName",
    "nickname",
    "slug",
    "private",
    "orders",
    "note",
  ]);
  const text = (name: string, otherwise: string) => {
    const { [name]: given = otherwise } = sent;
    if (typeof given === "string") return given;
    throw new TypeError(`${place}.${name} is not a text`);
  };
  const email = text("email", "");
  const [account = ""] = email.split("@");
  if (!/^[^\s@]+@[^\s@]+$/.test(email)) {
    throw new TypeError(`${place}.email is not an e-mail address`);
  }
  const { private: isPrivate = false } = sent;
  if (typeof isPrivate !== "boolean") {
    throw new TypeError(`${place}.private is neither true nor false`);
  }
  const slug = text("slug", account.toLowerCase().replace(/[^\w.-]+/g, "-"));
  if (!/^[\w.-]+$/.test(slug)) {
    throw new TypeError(`${place}.slug has more than letters, digits, . _ -`);
  }
  const orderCount = integer(sent.orders ?? 0, `${place}.orders`, [
    0,
    MAX_ORDERS,
  ]);
  const firstName = text("firstName", account);
  return {
    email,
    slug,
    firstName,
    lastName: text("lastName", ""),
    nickname: text("nickname", firstName),
    note: text("note", orderCount === 1 ? "1 order" : `${orderCount} orders`),
    privacy: isPrivate ? "PRIVATE" : "PUBLIC",
    orderCount,
  };
}

/** The object in `value`, with none but the `known` fields. */
function fields(
  value: unknown,
  place: string,
  known: readonly string[],
): JsonObject {
  if (!isRecord(value)) throw new TypeError(`${place} is not an object`);
  const unknown = Object.keys(value).find((name) => !known.includes(name));
  if (unknown === undefined) return value;
  throw new TypeError(
    `${place} has no ${unknown}, only ${known.join(", ")}`,
  );
}

function integer(
  value: unknown,
  place: string,
  [min, max]: readonly [number, number],
): number {
  const isRight = Number.isInteger(value) && Number(value) >= min &&
    Number(value) <= max;
  if (isRight) return Number(value);
  throw new TypeError(`${place} is not a whole number from ${min} to ${max}`);
}
