import { Catalog, type CatalogVariant } from "../stores/catalog.ts";
import { descriptionLine } from "../stores/description_line.ts";
import { daysBefore } from "./dates.ts";
import { guid } from "./guid.ts";
import { productImage } from "./product_image.ts";
import { type Choice, type Product, PRODUCTS } from "./products.ts";

/** What the demo shop sells, with every variant. */
export const CATALOG = new Catalog(PRODUCTS.map((product, index) => {
  const number = index + 1;
  const image = productImage(product);
  return {
    id: guid("product", number),
    number,
    slug: slug(product.name),
    sku: product.code,
    name: product.name,
    description: product.description,
    unitPrice: product.usCents,
    kind: product.kind,
    weight: product.weight,
    ...(image && { image }),
    options: product.options,
    variants: variants(product, number),
    stock: product.stock,
    createdDate: daysBefore(600 - number),
    lastUpdated: daysBefore(90 - number),
  };
}));

/** The first variant has the id that the seeded orders refer to. */
function variants(product: Product, number: number): CatalogVariant[] {
  if (product.options.length === 0) return [];
  return combinations(product).map((choices, index) => ({
    id: guid("variant", index === 0 ? number : number * 100 + index),
    sku: [product.code, index + 1].join("-"),
    choices: Object.fromEntries(
      product.options.map(({ name }, i) => [name, choices[i]?.description]),
    ),
    descriptionLines: product.options.flatMap((option, i) => {
      const choice = choices[i];
      return choice ? [descriptionLine(option, choice)] : [];
    }),
  }));
}

function combinations({ options }: Product): Choice[][] {
  return options.reduce<Choice[][]>(
    (found, { choices }) =>
      found.flatMap((begun) => choices.map((choice) => [...begun, choice])),
    [[]],
  );
}

function slug(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/-$/, "");
}
