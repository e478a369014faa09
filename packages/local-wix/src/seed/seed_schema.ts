/**
 * The schema of seed files, with error messages.
 *
 * @module
 */
import { validate as isGuid } from "uuid";
import * as v from "valibot";
import { isHttpUrl } from "../http/origins.ts";
import { SEO_TAG } from "../seo/seo_tag_schema.ts";
import type { SeedFile } from "./seed_file.ts";

const NO_TEXT = "not a string";
const NO_OBJECT = "not an object";
const NO_LIST = "not a list";

const text = v.string(NO_TEXT);
const filled = v.pipe(text, v.nonEmpty("an empty string"));
const truth = v.boolean("not a boolean");
const guid = v.exactOptional(
  v.pipe(text, v.check((sent) => isGuid(sent), "not a GUID")),
);
const slug = v.pipe(
  text,
  v.regex(/^[\w.-]+$/, "limited to letters, digits, . _ -"),
);
const isoDate = v.pipe(
  text,
  v.check((sent) => !Number.isNaN(Date.parse(sent)), "not a date"),
);

function wholeNumber(min: number, max: number) {
  const problem = `not a whole number from ${min} to ${max}`;
  return v.pipe(
    v.number(problem),
    v.integer(problem),
    v.minValue(min, problem),
    v.maxValue(max, problem),
  );
}

function oneOf<const Words extends readonly string[]>(words: Words) {
  return v.picklist(words, `none of ${words.join(", ")}`);
}

/** A list of up to `max`, or how many to generate. */
function listOrNumber<const T extends v.GenericSchema>(
  item: T,
  max: number,
  [least, most]: readonly [number, number],
) {
  return v.lazy((input) =>
    typeof input === "number" ? wholeNumber(least, most) : v.pipe(
      v.array(item, "neither a number nor a list"),
      v.maxLength(max, `a list of more than ${max}`),
    )
  ) as v.GenericSchema<
    number | v.InferInput<T>[],
    number | v.InferOutput<T>[]
  >;
}

const money = v.pipe(
  v.number("not a number"),
  v.minValue(0, "below zero"),
);

const SITE = v.strictObject({
  clientId: guid,
  clientSecret: v.exactOptional(filled),
  instanceId: guid,
  siteId: guid,
  ownerId: guid,
  apiKey: v.exactOptional(filled),
  name: v.exactOptional(filled),
}, NO_OBJECT);

const ORDER = v.strictObject({
  products: v.pipe(
    v.array(
      v.strictObject({
        product: slug,
        quantity: v.optional(wholeNumber(1, 100_000), 1),
      }, NO_OBJECT),
      NO_LIST,
    ),
    v.nonEmpty("an empty list"),
  ),
  date: v.exactOptional(isoDate),
  status: v.exactOptional(
    oneOf(["INITIALIZED", "APPROVED", "CANCELED", "PENDING", "REJECTED"]),
  ),
  paymentStatus: v.exactOptional(oneOf([
    "UNSPECIFIED",
    "NOT_PAID",
    "PAID",
    "PARTIALLY_REFUNDED",
    "FULLY_REFUNDED",
    "PENDING",
    "PARTIALLY_PAID",
    "PENDING_MERCHANT",
    "CANCELED",
    "DECLINED",
  ])),
  fulfillmentStatus: v.exactOptional(
    oneOf(["NOT_FULFILLED", "PARTIALLY_FULFILLED", "FULFILLED"]),
  ),
}, NO_OBJECT);

const MEMBER = v.strictObject({
  email: v.pipe(text, v.regex(/^[^\s@]+@[^\s@]+$/, "not an email address")),
  firstName: v.optional(text),
  lastName: v.optional(text),
  nickname: v.optional(text),
  slug: v.optional(slug),
  private: v.optional(truth, false),
  orders: v.optional(listOrNumber(ORDER, 500, [0, 500]), 0),
  badges: v.optional(
    v.array(oneOf(["vip", "wholesale", "founding-member"]), NO_LIST),
  ),
  note: v.optional(text),
}, NO_OBJECT);

const SEO = v.strictObject({
  title: v.exactOptional(text),
  description: v.exactOptional(text),
  noIndex: v.exactOptional(truth),
  tags: v.exactOptional(v.array(SEO_TAG, NO_LIST)),
}, NO_OBJECT);

const TRANSLATIONS = v.record(
  text,
  v.strictObject({
    name: v.exactOptional(filled),
    description: v.exactOptional(text),
  }, NO_OBJECT),
  NO_OBJECT,
);

const CHOICE = v.union([
  filled,
  v.strictObject({
    name: filled,
    /** A CSS color. */
    color: v.exactOptional(filled),
    /** What it costs on top. */
    surcharge: v.exactOptional(v.number("not a number")),
  }),
], "neither a string nor an object with name, color and surcharge");

const PRODUCT = v.strictObject({
  name: v.pipe(filled, v.maxLength(80, "longer than 80 characters")),
  slug: v.exactOptional(slug),
  sku: v.exactOptional(filled),
  description: v.optional(text, ""),
  price: money,
  compareAtPrice: v.exactOptional(money),
  stock: v.optional(v.nullable(wholeNumber(0, 99_999)), null),
  visible: v.optional(truth, true),
  kind: v.optional(oneOf(["PHYSICAL", "DIGITAL", "GIFT_CARD"]), "PHYSICAL"),
  weight: v.optional(money, 0),
  images: v.optional(wholeNumber(0, 50), 1),
  options: v.optional(
    v.pipe(
      v.array(
        v.strictObject({
          name: filled,
          choices: v.pipe(
            v.array(CHOICE, NO_LIST),
            v.nonEmpty("an empty list"),
          ),
        }, NO_OBJECT),
        NO_LIST,
      ),
      v.maxLength(6, "a list of more than 6"),
    ),
    [],
  ),
  translations: v.exactOptional(TRANSLATIONS),
  seo: v.exactOptional(SEO),
}, NO_OBJECT);

const CATEGORY = v.strictObject({
  name: filled,
  slug: v.exactOptional(slug),
  description: v.optional(text, ""),
  parent: v.exactOptional(slug),
  products: v.optional(v.array(slug, NO_LIST), []),
  visible: v.optional(truth, true),
  translations: v.exactOptional(TRANSLATIONS),
  seo: v.exactOptional(SEO),
}, NO_OBJECT);

const COUPON = v.strictObject({
  code: v.pipe(filled, v.toUpperCase()),
  name: v.optional(text),
  percent: wholeNumber(1, 100),
  expired: v.optional(truth, false),
  minSubtotal: v.exactOptional(money),
}, NO_OBJECT);

const role = v.exactOptional(
  oneOf(["ANYONE", "SITE_MEMBER", "SITE_MEMBER_AUTHOR", "ADMIN"]),
);

const COLLECTION = v.strictObject({
  id: filled,
  permissions: v.optional(
    v.strictObject(
      { read: role, insert: role, update: role, remove: role },
      NO_OBJECT,
    ),
    {},
  ),
  references: v.optional(
    v.record(
      text,
      v.union(
        [filled, v.tuple([filled])],
        "neither a collection nor a list with one",
      ),
      NO_OBJECT,
    ),
    {},
  ),
  items: v.optional(
    v.array(v.record(v.string(), v.unknown(), NO_OBJECT), NO_LIST),
    [],
  ),
}, NO_OBJECT);

const LANGUAGE = v.strictObject({
  code: v.pipe(text, v.regex(/^[a-z]{2,3}$/, "not a language such as de")),
  region: v.pipe(text, v.regex(/^[A-Z]{2}$/, "not a country such as DE")),
  hidden: v.optional(truth, false),
}, NO_OBJECT);

const PAGES = v.strictObject({
  indexable: v.optional(truth, true),
  pages: v.optional(
    v.array(
      v.strictObject({
        path: v.pipe(text, v.startsWith("/", "not a path such as /about")),
        name: v.optional(text, ""),
        ...SEO.entries,
      }, NO_OBJECT),
      NO_LIST,
    ),
    [],
  ),
}, NO_OBJECT);

/** The content of a seed file. */
export const SEED_FILE = v.strictObject({
  site: v.optional(SITE, {}),
  properties: v.optional(v.record(v.string(), v.unknown(), NO_OBJECT), {}),
  members: v.exactOptional(listOrNumber(MEMBER, 1000, [1, 60])),
  products: v.exactOptional(listOrNumber(PRODUCT, 5000, [0, 5000])),
  categories: v.exactOptional(listOrNumber(CATEGORY, 500, [0, 500])),
  coupons: v.exactOptional(v.array(COUPON, NO_LIST)),
  collections: v.exactOptional(v.array(COLLECTION, NO_LIST)),
  languages: v.exactOptional(
    v.pipe(v.array(LANGUAGE, NO_LIST), v.nonEmpty("an empty list")),
  ),
  seo: v.exactOptional(PAGES),
  webhooks: v.exactOptional(
    v.array(
      v.pipe(text, v.check((sent) => isHttpUrl(sent), "not a URL")),
      NO_LIST,
    ),
  ),
}, NO_OBJECT);

/** A seed file that has been read. */
export type ParsedSeed = v.InferOutput<typeof SEED_FILE>;

// What the type lets an author write, the schema takes.
null as unknown as SeedFile satisfies v.InferInput<typeof SEED_FILE>;
