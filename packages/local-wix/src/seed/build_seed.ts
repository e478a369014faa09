import {
  type DataCollection,
  type DataItem,
  WRITTEN_BY_OWNER,
} from "../data/item.ts";
import { type JsonObject, textIn, textsIn } from "../http/json.ts";
import { guid } from "../ids.ts";
import type { Translations } from "../languages/language.ts";
import { meta, type SeoTag, title } from "../seo/seo.ts";
import type { Coupon } from "../shop/offers.ts";
import type { CatalogProduct } from "../stores/product.ts";
import { type CategoryPlan, seedCategories } from "./categories.ts";
import { generateCategories, generateProducts } from "./generated.ts";
import { daysBefore, peopleUpTo, type Person } from "./people.ts";
import { option, type Product, product, seedProducts } from "./products.ts";
import { language } from "./search_engines.ts";
import { SITE } from "./demo_site.ts";
import { demoSeed, type Seed, SITE_PROPERTIES } from "./seed.ts";
import type { ParsedSeed } from "./seed_schema.ts";

type ItemOf<T> = T extends readonly (infer I)[] ? I : never;
type Parsed<Name extends keyof ParsedSeed> = ItemOf<
  NonNullable<ParsedSeed[Name]>
>;
type SeoPlan = NonNullable<Parsed<"products">["seo"]>;

/**
 * The seed that a file describes. Throws a `TypeError` that names the field with
 * a broken reference, or one that is taken twice.
 */
export function buildSeed(file: ParsedSeed): Seed {
  const demo = demoSeed();
  const { site: ids, properties, webhooks } = file;
  const site = { ...SITE, ...ids };
  const siteDisplayName = site.name;
  const languages = file.languages
    ? file.languages.map(({ code, region, hidden }, index) => ({
      ...language(index + 1, code, region),
      visible: !hidden,
    }))
    : demo.languages;
  const products = file.products === undefined
    ? demo.products
    : seedProducts(productPlans(file.products));
  const people = file.members === undefined
    ? demo.people
    : peopleIn(file.members);
  const plans = categoryPlans(file.categories, products);
  const categories = plans || file.products !== undefined
    ? seedCategories(products, plans ?? [])
    : demo.categories;
  refuseDoubles(products, "products", "slug");
  refuseDoubles(people, "members", "email");
  refuseDoubles(people, "members", "slug");
  refuseBrokenReferences(file, { products, people, languages, categories });
  const content = file.collections
    ? contentIn(file.collections, site.ownerId, people)
    : demo;
  return {
    site,
    siteProperties: { ...SITE_PROPERTIES, siteDisplayName, ...properties },
    people,
    products,
    categories,
    coupons: file.coupons?.map(coupon) ?? demo.coupons,
    collections: content.collections,
    dataItems: content.dataItems,
    languages,
    seo: file.seo
      ? {
        indexable: file.seo.indexable,
        pages: file.seo.pages.map(({ path, name, ...tags }) => ({
          path,
          name,
          tags: seoTags(tags),
        })),
      }
      : demo.seo,
    ...(webhooks && { webhookUrls: webhooks }),
  };
}

function peopleIn(
  members: NonNullable<ParsedSeed["members"]>,
): readonly Person[] {
  if (typeof members === "number") return peopleUpTo(members);
  return members.map(({ email, orders, badges, ...sent }): Person => {
    const [account = ""] = email.split("@");
    const { firstName = account } = sent;
    const orderCount = typeof orders === "number" ? orders : orders.length;
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
      ...(badges && { badges }),
      ...(typeof orders !== "number" && {
        orders: orders.map(({ products, date, ...state }) => ({
          ...state,
          ...(date && { date: new Date(date).toISOString() }),
          lines: products.map(({ product: slug, quantity }) => ({
            slug,
            quantity,
          })),
        })),
      }),
    };
  });
}

function productPlans(
  products: NonNullable<ParsedSeed["products"]>,
): readonly Product[] {
  if (typeof products === "number") return generateProducts(products);
  return products.map((sent, index) => {
    const { name, price, compareAtPrice, sku, seo, options, slug } = sent;
    const { translations = {} } = sent;
    const surcharges = options.flatMap(({ choices }) =>
      choices.flatMap((choice) =>
        typeof choice === "object" && choice.surcharge !== undefined
          ? [[choice.name, cents(choice.surcharge)]]
          : []
      )
    );
    return product(sku ?? `P${index + 1}`, name, cents(price), {
      description: sent.description,
      stock: sent.stock,
      visible: sent.visible,
      kind: sent.kind,
      weight: sent.weight,
      images: sent.images,
      pictogram: "jar",
      options: options.map(({ name, choices }) => optionIn(name, choices)),
      surcharges: Object.fromEntries(surcharges),
      translations: translations as Translations,
      seoTags: seoTags(seo),
      ...(slug !== undefined && { slug }),
      ...(compareAtPrice !== undefined &&
        { compareAtUsCents: cents(compareAtPrice) }),
    });
  });
}

function optionIn(
  name: string,
  choices: Parsed<"products">["options"][number]["choices"],
) {
  const values = choices.map((choice) =>
    typeof choice === "string" ? { name: choice } : choice
  );
  const type = values.every(({ color }) => color) ? "color" : "drop_down";
  return option(
    name,
    type,
    values.map(({ name, color }) => [name, color ?? name]),
  );
}

function categoryPlans(
  categories: ParsedSeed["categories"],
  products: readonly CatalogProduct[],
): readonly CategoryPlan[] | undefined {
  if (typeof categories === "number") {
    return generateCategories(categories, products);
  }
  return categories?.map(({ seo, translations, ...plan }) => ({
    ...plan,
    translations: (translations ?? {}) as Translations,
    seoTags: seoTags(seo),
  }));
}

function seoTags(seo: SeoPlan = {}): SeoTag[] {
  return [
    ...(seo.title ? [title(seo.title)] : []),
    ...(seo.description ? [meta("description", seo.description)] : []),
    ...(seo.noIndex ? [meta("robots", "noindex")] : []),
    ...seo.tags ?? [],
  ];
}

function coupon(
  { code, name, percent, expired, minSubtotal }: Parsed<"coupons">,
  index: number,
): Coupon {
  return {
    id: guid("discount", index + 1),
    code,
    name: name ?? `${percent}% discount`,
    percent,
    isExpired: expired,
    ...(minSubtotal !== undefined && { minSubtotal: cents(minSubtotal) }),
  };
}

function contentIn(
  sent: readonly Parsed<"collections">[],
  ownerId: string,
  people: readonly Person[],
) {
  const collections = sent.map(({ id, permissions, references }) =>
    ({
      id,
      permissions: { ...WRITTEN_BY_OWNER, ...permissions },
      references: Object.fromEntries(
        Object.entries(references).map(([field, target]) => [
          field,
          { collection: [target].flat()[0] ?? "", many: Array.isArray(target) },
        ]),
      ),
    }) as DataCollection
  );
  let number = 0;
  const dataItems = sent.flatMap(({ id: dataCollectionId, items }, c) =>
    items.map((fields, i) => {
      number++;
      const place = `collections[${c}].items[${i}]`;
      const id = textIn(fields._id) ?? guid("dataItem", number);
      const owner = ownerOf(fields, `${place}._owner`, ownerId, people);
      const date = { $date: daysBefore(number % 100) };
      const many = Object.entries(collections[c]?.references ?? {})
        .filter(([, { many }]) => many)
        .map(([field]) => [field, textsIn(fields[field])]);
      const references: Record<string, string[]> = Object.fromEntries(many);
      const data: JsonObject = Object.fromEntries(
        Object.entries(fields).filter(([name]) => !(name in references)),
      );
      return {
        id,
        dataCollectionId,
        owner,
        references,
        data: {
          _createdDate: date,
          _updatedDate: date,
          ...data,
          _id: id,
          _owner: owner,
        },
      };
    })
  );
  refuseDoubles(sent, "collections", "id");
  refuseUnknownItems(sent, collections, dataItems);
  return { collections, dataItems };
}

function ownerOf(
  { _owner: email }: JsonObject,
  place: string,
  ownerId: string,
  people: readonly Person[],
): string {
  if (email === undefined) return ownerId;
  const index = people.findIndex((person) => person.email === email);
  if (index < 0) throw broken(place, "member", email);
  return guid("member", index + 1);
}

function refuseUnknownItems(
  sent: readonly Parsed<"collections">[],
  collections: readonly DataCollection[],
  items: readonly DataItem[],
): void {
  for (const [c, { id, references = {} }] of collections.entries()) {
    for (const [field, { collection }] of Object.entries(references)) {
      if (!collections.some((other) => other.id === collection)) {
        const place = `collections[${c}].references.${field}`;
        throw broken(place, "collection", collection);
      }
      const known = items.filter((item) =>
        item.dataCollectionId === collection
      );
      for (const [i, item] of (sent[c]?.items ?? []).entries()) {
        for (const wanted of textsIn(item[field])) {
          if (known.some((other) => other.id === wanted)) continue;
          const place = `collections[${c}].items[${i}].${field}`;
          throw broken(place, `item of ${collection}`, wanted);
        }
      }
    }
    const own = items.filter((item) => item.dataCollectionId === id);
    refuseDoubles(own, `collections[${c}].items`, "id");
  }
}

function refuseBrokenReferences(
  { members, products: sentProducts, categories }: ParsedSeed,
  { products, people, languages, categories: built }: Pick<
    Seed,
    "products" | "people" | "languages" | "categories"
  >,
): void {
  const slugs = products.map(({ slug }) => slug);
  const visible = products.filter(({ visible }) => visible);
  for (const [m, { orders = [], orderCount }] of people.entries()) {
    if (orderCount > 0 && visible.length === 0) {
      const where = members === undefined ? "members" : `members[${m}].orders`;
      throw new TypeError(`${where} needs a visible product`);
    }
    for (const [o, { lines }] of orders.entries()) {
      for (const [l, { slug }] of lines.entries()) {
        if (visible.some((product) => product.slug === slug)) continue;
        const place = `members[${m}].orders[${o}].products[${l}].product`;
        throw broken(place, "visible product", slug);
      }
    }
  }
  const lists = { products: sentProducts, categories };
  for (const [name, list = []] of Object.entries(lists)) {
    if (typeof list === "number") continue;
    for (const [index, { translations = {} }] of list.entries()) {
      const unknown = Object.keys(translations).find((code) =>
        !languages.some(({ languageCode }) => languageCode === code)
      );
      const place = `${name}[${index}].translations`;
      if (unknown) throw broken(place, "language", unknown);
    }
  }
  if (categories === undefined || typeof categories === "number") return;
  refuseDoubles(built.slice(1), "categories", "slug");
  for (const [c, { parent, products: inside }] of categories.entries()) {
    const above = built.find(({ slug }) => slug === parent);
    if (parent !== undefined && (!above || above === built[c + 1])) {
      throw broken(`categories[${c}].parent`, "other category", parent);
    }
    for (const [p, slug] of inside.entries()) {
      if (slugs.includes(slug)) continue;
      throw broken(`categories[${c}].products[${p}]`, "product", slug);
    }
  }
}

function broken(place: string, kind: string, wanted: unknown): TypeError {
  return new TypeError(`${place} names no ${kind}: ${JSON.stringify(wanted)}`);
}

function refuseDoubles<Name extends string>(
  list: readonly Readonly<Record<Name, unknown>>[],
  place: string,
  name: Name,
): void {
  const seen = new Set<unknown>();
  for (const [index, { [name]: value }] of list.entries()) {
    // Logins compare email addresses without regard to case.
    const key = name === "email" ? String(value).toLowerCase() : value;
    if (seen.has(key)) {
      throw new TypeError(`${place}[${index}].${name} is taken: "${value}"`);
    }
    seen.add(key);
  }
}

function cents(amount: number): number {
  return Math.round(amount * 100);
}
