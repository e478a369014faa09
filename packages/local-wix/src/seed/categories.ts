import type { Category } from "../categories/category.ts";
import { guid } from "../ids.ts";
import { type CatalogProduct, slugify } from "../stores/product.ts";
import type { Translations } from "../languages/language.ts";
import type { SeoTag } from "../seo/seo.ts";
import { daysBefore } from "./people.ts";
import { ITEM_TAGS, TRANSLATIONS } from "./search_engines.ts";

/** A category to be. */
export interface CategoryPlan {
  readonly name: string;
  /** Default: after the name. */
  readonly slug?: string;
  readonly description: string;
  /** Name or slug of the category above. */
  readonly parent?: string;
  /** SKUs or slugs of its products, in their order. Default: all. */
  readonly products?: readonly string[];
  readonly visible?: boolean;
  readonly translations?: Translations;
  readonly seoTags?: readonly SeoTag[];
}

/** The system category of all products comes first. */
const PLANS: readonly CategoryPlan[] = [
  { name: "All Products", description: "" },
  {
    name: "Kitchen",
    description: "Pans, knives and jars for daily cooking.",
    products: ["MUG", "PAN", "KNF", "SPN", "JAR"],
  },
  {
    name: "Bread and baking",
    description: "Boards and books for bakers.",
    parent: "Kitchen",
    products: ["BRD", "PDF", "JAR"],
  },
  {
    name: "Textiles",
    description: "Aprons and towels of linen and cotton.",
    products: ["TWL", "APR"],
  },
  {
    name: "Gifts",
    description: "Candles, baskets and gift cards.",
    products: ["CAN", "GFT", "BSK", "MUG"],
  },
  {
    name: "Next spring",
    description: "Not shown yet.",
    products: ["LMP"],
    visible: false,
  },
];

/** The category with every product, which Wix makes by itself. */
export const ALL_PRODUCTS_ID: string = guid("category", 1);

/** Categories below that of all products; by default those of the demo shop. */
export function seedCategories(
  products: readonly CatalogProduct[],
  others: readonly CategoryPlan[] = PLANS.slice(1),
): Category[] {
  const plans = [...PLANS.slice(0, 1), ...others];
  return plans.map((plan, i) => {
    const { name, description, parent, visible = true } = plan;
    const slug = plan.slug ?? slugify(name);
    const parentIndex = parent === undefined
      ? -1
      : plans.findIndex((other) =>
        other.name === parent || (other.slug ?? slugify(other.name)) === parent
      );
    const inside = plan.products
      ? plan.products.flatMap((key) =>
        products.filter((item) => item.sku === key || item.slug === key)
      )
      : products;
    return {
      id: guid("category", i + 1),
      name,
      slug,
      translations: plan.translations ?? TRANSLATIONS[slug] ?? {},
      seoTags: plan.seoTags ?? ITEM_TAGS[slug] ?? [],
      description,
      visible,
      ...(parentIndex >= 0 && { parentId: guid("category", parentIndex + 1) }),
      ...(inside[0]?.image && plan.products && { image: inside[0].image }),
      places: new Map(inside.map(({ id }, place) => [id, place])),
      createdDate: daysBefore(700 - i),
    };
  });
}
