import { PICTOGRAMS } from "../site/media.ts";
import type { CatalogProduct } from "../stores/product.ts";
import type { CategoryPlan } from "./categories.ts";
import { option, type Product, product } from "./products.ts";

const MATERIALS = ["Oak", "Linen", "Enamel", "Copper", "Stone", "Willow"];
const COLORS = ["Moss", "Clay", "Chalk", "Indigo", "Oat"];
const GOODS = ["mug", "apron", "board", "candle", "knife", "towel", "pan"];
const ROOMS = ["Kitchen", "Table", "Garden", "Bath", "Workshop"];
/** A category in five is at the top, the others are below one of these. */
const TOP = 5;

/** `count` products: the same each time, and a larger number begins with them. */
export function generateProducts(count: number): Product[] {
  const pictograms = Object.keys(PICTOGRAMS);
  return Array.from({ length: count }, (_, index) => {
    const number = index + 1;
    const name = [
      pick(COLORS, index),
      pick(MATERIALS, index * 5 + 1).toLowerCase(),
      pick(GOODS, index * 3),
      number,
    ].join(" ");
    return product(`G${number}`, name, 500 + (index * 737) % 9500, {
      description: `Number ${number} of a large catalogue.`,
      weight: 0.1 + index % 20 / 10,
      pictogram: pick(pictograms, index),
      stock: index % 7 === 3 ? index % 5 : null,
      options: index % 4 === 0
        ? [option("Size", "drop_down", [["S", "S"], ["M", "M"], ["L", "L"]])]
        : [],
      ...(index % 9 === 0 && { compareAtUsCents: 12_000 }),
    });
  });
}

/** `count` categories, in which every product is once. */
export function generateCategories(
  count: number,
  products: readonly CatalogProduct[],
): CategoryPlan[] {
  return Array.from({ length: count }, (_, index) => ({
    name: `${pick(ROOMS, index)} ${index + 1}`,
    description: `Category ${index + 1} of a large catalogue.`,
    ...(index >= TOP && { parent: `${pick(ROOMS, index)} ${index % TOP + 1}` }),
    products: products.filter((_, number) => number % count === index)
      .map(({ slug }) => slug),
  }));
}

function pick(words: readonly string[], index: number): string {
  return words[index % words.length] ?? "";
}
