import { guid, type GuidKind } from "../ids.ts";
import type { Translations } from "../languages/language.ts";
import type { SeoTag } from "../seo/seo.ts";
import { daysBefore } from "./people.ts";
import { ITEM_TAGS, TRANSLATIONS } from "./search_engines.ts";
import {
  type CatalogProduct,
  type CatalogVariant,
  type Choice,
  descriptionLine,
  type InfoSection,
  type ProductImage,
  type ProductOption,
  slugify,
} from "../stores/product.ts";

/** Something the demo shop sells. */
export interface Product extends
  Pick<
    CatalogProduct,
    | "name"
    | "description"
    | "kind"
    | "weight"
    | "options"
    | "modifiers"
    | "visible"
    | "brand"
    | "ribbon"
  > {
  readonly code: string;
  readonly usCents: number;
  /** The price before the reduction. */
  readonly compareAtUsCents?: number;
  /** What some choices cost on top. */
  readonly surcharges?: Readonly<Record<string, number>>;
  /** How many pictures there are. */
  readonly images: number;
  /** Stock of each variant; null if stock is not tracked. */
  readonly stock: number | null;
  /** Text of an info section "Care". */
  readonly care?: string;
  /** Default: after the name. */
  readonly slug?: string;
  /** The drawing of its pictures. Default: by the code. */
  readonly pictogram?: string;
  readonly translations?: Translations;
  readonly seoTags?: readonly SeoTag[];
}

const NAMES = new Map<GuidKind, string[]>();
const OWN_BRAND = { id: guid("brand", 1), name: "Juniper & Sons" };

/** The goods of the demo shop; seeded orders have the first choice of each. */
export const PRODUCTS: readonly Product[] = [
  product("MUG", "Enamel mug", 1450, {
    description: "Holds 350 ml and survives a fall onto a stone floor.",
    weight: 0.3,
    images: 2,
    brand: OWN_BRAND,
    ribbon: { id: guid("ribbon", 1), name: "Bestseller" },
    care: "Dishwasher-safe. Not for the microwave.",
    options: [
      color(
        ["Moss", "rgb(94,112,78)"],
        ["Clay", "rgb(178,98,66)"],
        ["Chalk", "rgb(240,237,228)"],
      ),
    ],
  }),
  product("APR", "Linen apron", 3900, {
    description: "Two pockets, cross-back straps, washed three times.",
    weight: 0.4,
    options: [
      text("Size", "M", "L"),
      color(["Oat", "rgb(222,208,182)"], ["Slate", "rgb(84,92,99)"]),
    ],
  }),
  product("BRD", "Oak bread board", 5200, {
    description: "One plank, oiled, 40 by 25 cm.",
    weight: 1.2,
    options: [text("Wood", "Oak", "Walnut")],
    surcharges: { Walnut: 1300 },
    care: "Wash by hand, dry upright, oil twice a year.",
  }),
  product("CAN", "Juniper candle", 1900, {
    description: "Burns for about forty hours.",
    weight: 0.35,
    brand: OWN_BRAND,
    modifiers: [{
      id: numbered("modifier", "Wrapping"),
      name: "Wrapping",
      mandatory: false,
      choices: [
        { id: numbered("choice", "None"), name: "None", addedPrice: 0 },
        { id: numbered("choice", "Box"), name: "Gift box", addedPrice: 350 },
      ],
    }],
  }),
  product("KNF", "Paring knife", 2750, {
    description: "Carbon steel, 9 cm, sharpened by hand.",
    weight: 0.15,
    options: [text("Engraving", "Initials, 12 mm", "None")],
  }),
  product("TWL", "Tea towels, set of 3", 2400, {
    description: "Half linen, half cotton.",
    weight: 0.25,
    compareAtUsCents: 3000,
    ribbon: { id: guid("ribbon", 2), name: "Sale" },
    options: [
      color(["Indigo", "rgb(48,62,112)"], ["Natural", "rgb(226,220,205)"]),
    ],
  }),
  product("PAN", "Cast-iron pan", 8900, {
    description: "Seasoned twice. Three are left.",
    weight: 2.4,
    options: [text("Diameter", "26 cm", "30 cm")],
    stock: 3,
  }),
  product("SPN", "Olive wood spoon", 990, {
    description: "No two are the same.",
    weight: 0.1,
    images: 0,
  }),
  product("JAR", "Preserving jar", 725, {
    description: "Glass, with a rubber ring and a clip.",
    weight: 0.6,
    options: [text("Volume", "1 l", "0.5 l")],
    surcharges: { "0.5 l": -150 },
  }),
  product("GFT", "Gift card", 5000, {
    description: "Sent by email, valid in the whole shop.",
    kind: "GIFT_CARD",
    modifiers: [{
      id: numbered("modifier", "Greeting"),
      name: "Greeting",
      mandatory: false,
      maxLength: 60,
    }],
  }),
  product("PDF", "Bread book (PDF)", 1200, {
    description: "Thirty loaves, one oven.",
    kind: "DIGITAL",
  }),
  product("BSK", "Willow basket", 4400, {
    description: "Woven to order; sold out at the moment.",
    weight: 0.9,
    options: [text("Handle", "Leather", "Willow")],
    stock: 0,
  }),
];

/** What the demo shop does not show yet. */
const HIDDEN: readonly Product[] = [
  product("LMP", "Oil lamp", 6400, {
    description: "Next spring, when the glass blower is back.",
    weight: 1.1,
    visible: false,
  }),
];

/**
 * Products with every variant; by default those of the demo shop, of which the
 * hidden ones come last.
 */
export function seedProducts(
  products: readonly Product[] = [...PRODUCTS, ...HIDDEN],
): CatalogProduct[] {
  return products.map((product, index) => {
    const {
      code,
      usCents,
      compareAtUsCents: _before,
      surcharges: _surcharges,
      images: imageCount,
      stock: _stock,
      pictogram: _pictogram,
      care,
      ...shared
    } = product;
    const number = index + 1;
    const images = Array.from(
      { length: imageCount },
      (_, i) => productImage(product, number, i),
    );
    const [image] = images;
    const slug = slugOf(product);
    return {
      ...shared,
      id: guid("product", number),
      number,
      revision: 1,
      slug,
      sku: code,
      unitPrice: usCents,
      ...(image && { image }),
      images,
      infoSections: care ? [careSection(number, care)] : [],
      variants: variants(product, number),
      createdDate: daysBefore(600 - number),
      lastUpdated: daysBefore(90 - number),
      translations: product.translations ?? TRANSLATIONS[slug] ?? {},
      seoTags: product.seoTags ?? ITEM_TAGS[slug] ?? [],
    };
  });
}

/** The first variant has the id that the seeded orders refer to. */
function variants(
  product: Product,
  number: number,
): [CatalogVariant, ...CatalogVariant[]] {
  const { code, options, usCents, compareAtUsCents, surcharges, stock } =
    product;
  const combinations = options.reduce<Choice[][]>(
    (found, { choices }) =>
      found.flatMap((begun) => choices.map((choice) => [...begun, choice])),
    [[]],
  );
  const [first = [], ...more] = combinations;
  const variant = (choices: Choice[], index: number): CatalogVariant => {
    const variantNumber = index === 0 ? number : number * 100 + index;
    const surcharge = choices.reduce(
      (sum, { description }) => sum + (surcharges?.[description] ?? 0),
      0,
    );
    return {
      id: guid("variant", variantNumber),
      inventoryItemId: guid("inventoryItem", variantNumber),
      sku: options.length > 0 ? `${code}-${index + 1}` : code,
      unitPrice: usCents + surcharge,
      ...(compareAtUsCents !== undefined &&
        { compareAtPrice: compareAtUsCents + surcharge }),
      choices: Object.fromEntries(
        options.map(({ name }, i) => [name, choices[i]?.description]),
      ),
      descriptionLines: options.flatMap((option, i) => {
        const choice = choices[i];
        return choice ? [descriptionLine(option, choice)] : [];
      }),
      stock,
    };
  };
  return [
    variant(first, 0),
    ...more.map((choices, index) => variant(choices, index + 1)),
  ];
}

function productImage(
  { code, name, pictogram }: Product,
  number: number,
  index: number,
): ProductImage {
  const part = index === 0 ? "" : `-${index + 1}`;
  const filename = pictogram
    ? `${pictogram}-${number * 100 + index}.jpg`
    : `${code.toLowerCase()}${part}.jpg`;
  const id = `juniper_${filename.replace(".", "~mv2.")}`;
  const url = `https://static.wixstatic.com/media/${id}`;
  return { id, url, height: 1200, width: 1200, altText: name, filename };
}

function careSection(number: number, text: string): InfoSection {
  const id = guid("infoSection", number);
  return { id, uniqueName: "care", title: "Care", text };
}

/** The slug of a product. */
export function slugOf(
  { slug, name }: Pick<Product, "slug" | "name">,
): string {
  return slug ?? slugify(name);
}

/** A product, of which little has to be said. */
export function product(
  code: string,
  name: string,
  usCents: number,
  traits: Pick<Product, "description"> & Partial<Product>,
): Product {
  return {
    code,
    name,
    usCents,
    kind: "PHYSICAL",
    weight: 0,
    options: [],
    images: 1,
    modifiers: [],
    visible: true,
    stock: null,
    ...traits,
  };
}

function text(name: string, ...values: string[]): ProductOption {
  return option(name, "drop_down", values.map((value) => [value, value]));
}

function color(...colors: [name: string, code: string][]): ProductOption {
  return option("Color", "color", colors);
}

/** An option, which products share by its name. */
export function option(
  name: string,
  type: ProductOption["type"],
  values: readonly (readonly [description: string, value: string])[],
): ProductOption {
  const choices = values.map(([description, value]) => ({
    id: numbered("choice", `${name}: ${description}`),
    description,
    value,
  }));
  return { id: numbered("option", name), name, type, choices };
}

/** The id of what has this name: the same for every product. */
function numbered(kind: GuidKind, name: string): string {
  const names = NAMES.get(kind) ?? [];
  NAMES.set(kind, names);
  if (!names.includes(name)) names.push(name);
  return guid(kind, names.indexOf(name) + 1);
}
