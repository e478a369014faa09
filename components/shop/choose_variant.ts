/**
 * Finds the variant of a product that a user has chosen. Runs on the server and
 * in the browser.
 *
 * @module
 */
import type { ProductView, VariantView } from "@/lib/shop/product_views.ts";

/** Name of the chosen choice by name of its option. */
export type Choices = Readonly<Record<string, string>>;
/** The part of a product that choices depend on. */
export type Variants = Pick<ProductView, "options" | "variants">;

/** Returns the choices in a URL's query. Unknown ones are ignored. */
export function readChoices(
  { options }: Variants,
  params: URLSearchParams,
): Choices {
  return Object.fromEntries(options.flatMap(({ name, choices }) => {
    const choice = choices.find((choice) => choice.name === params.get(name));
    return choice ? [[name, choice.name]] : [];
  }));
}

/**
 * Returns the variant that is chosen, `undefined` while an option has no choice
 * or no variant matches. A product without options has one variant.
 */
export function chosenVariant(
  { options, variants }: Variants,
  chosen: Choices,
): VariantView | undefined {
  return variants.find(({ choices }) =>
    options.every(({ name }) => chosen[name] && choices[name] === chosen[name])
  );
}

/** Returns whether a variant with `chosen`, even if incomplete, is in stock. */
export function isInStock({ variants }: Variants, chosen: Choices): boolean {
  return variants.some(({ choices, isInStock }) =>
    isInStock &&
    Object.entries(chosen).every(([name, choice]) => choices[name] === choice)
  );
}
