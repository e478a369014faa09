import type { Category } from "../categories/category.ts";
import { guid } from "../ids.ts";
import type { CatalogProduct } from "../stores/product.ts";
import { daysBefore } from "./people.ts";
import { ITEM_TAGS, TRANSLATIONS } from "./search_engines.ts";

interface Plan {
  readonly name: string;
  readonly description: string;
  /** Name of the category above. */
  readonly parent?: string;
  /** SKUs of its products, in their order. Default: all. */
  readonly skus?: readonly string[];
  readonly visible?: boolean;
}

/** The system category of all products comes first. */
const PLANS: readonly Plan[] = [
  { name: "All Products", description: "" },
  {
    name: "Kitchen",
    description: "What is used every day.",
    skus: ["MUG", "PAN", "KNF", "SPN", "JAR"],
  },
  {
    name: "Bread and baking",
    description: "For one oven and thirty loaves.",
    parent: "Kitchen",
    skus: ["BRD", "PDF", "JAR"],
  },
  {
    name: "Textiles",
    description: "Linen and cotton.",
    skus: ["TWL", "APR"],
  },
  {
    name: "Gifts",
    description: "For others.",
    skus: ["CAN", "GFT", "BSK", "MUG"],
  },
  {
    name: "Next spring",
    description: "Not shown yet.",
    skus: ["LMP"],
    visible: false,
  },
];

/** The category with every product, which Wix makes by itself. */
export const ALL_PRODUCTS_ID: string = guid("category", 1);

/** The categories of the demo shop. */
export function seedCategories(
  products: readonly CatalogProduct[],
): Category[] {
  return PLANS.map(({ name, description, parent, skus, visible = true }, i) => {
    const parentIndex = PLANS.findIndex((plan) => plan.name === parent);
    const inside = skus
      ? skus.flatMap((sku) => products.filter((item) => item.sku === sku))
      : products;
    const slug = name.toLowerCase().replaceAll(" ", "-");
    return {
      id: guid("category", i + 1),
      name,
      slug,
      translations: TRANSLATIONS[slug] ?? {},
      seoTags: ITEM_TAGS[slug] ?? [],
      description,
      visible,
      ...(parentIndex >= 0 && { parentId: guid("category", parentIndex + 1) }),
      ...(inside[0]?.image && skus && { image: inside[0].image }),
      places: new Map(inside.map(({ id }, place) => [id, place])),
      createdDate: daysBefore(700 - i),
    };
  });
}
