/**
 * Validates the submitted form of a product page.
 *
 * @module
 */
import { singleValue } from "@fresh-wix/core";
import {
  type Choices,
  chosenVariant,
} from "@/components/shop/choose_variant.ts";
import { type NewLine, readQuantity, STORES_APP_ID } from "./cart.ts";
import type { ModifierView, ProductView } from "./product_views.ts";

/**
 * Returns a form's line for the cart, or its errors by the name of the field or
 * option, with the submitted values. `chosen` comes from the URL.
 */
export function readProductForm(
  product: ProductView,
  chosen: Choices,
  form: URLSearchParams,
): Record<"problems" | "values", Record<string, string>> & { line?: NewLine } {
  const problems: Record<string, string> = {};
  const values: Record<string, string> = {};
  const modifiers: Record<string, string> = {};
  const texts: Record<string, string> = {};
  for (const { name } of product.options) {
    if (!chosen[name]) problems[name] = "Choose an option.";
  }
  for (const modifier of product.modifiers) {
    const { choices, field, key } = modifier;
    const value = (singleValue(form, field) ?? "").trim();
    values[field] = value;
    const problem = modifierProblem(modifier, value);
    if (problem !== undefined) problems[field] = problem;
    else if (value !== "") (choices ? modifiers : texts)[key] = value;
  }
  values.quantity = singleValue(form, "quantity") ?? "1";
  const quantity = readQuantity(values.quantity);
  if (quantity === undefined || quantity === 0) {
    problems.quantity = "Enter a number from 1 to 999.";
  }
  const variant = chosenVariant(product, chosen);
  if (Object.keys(problems).length > 0 || !quantity) {
    return { problems, values };
  }
  if (variant === undefined) {
    return {
      problems: { quantity: "This combination isn't available." },
      values,
    };
  }
  const options = {
    variantId: variant.id,
    ...(Object.keys(modifiers).length > 0 && { options: modifiers }),
    ...(Object.keys(texts).length > 0 && { customTextFields: texts }),
  };
  const catalogReference = {
    appId: STORES_APP_ID,
    catalogItemId: product.id,
    options,
  };
  return { line: { quantity, catalogReference }, problems, values };
}

function modifierProblem(
  { choices, maxLength, minLength, required }: ModifierView,
  value: string,
): string | undefined {
  if (value === "") return required ? "Required." : undefined;
  if (choices) {
    return choices.some(({ key }) => key === value)
      ? undefined
      : "Choose one of these.";
  }
  // As Wix counts, and browsers do for `maxlength`: in UTF-16 units.
  if (value.length > maxLength) return `At most ${maxLength} characters.`;
  return value.length < minLength
    ? `At least ${minLength} characters.`
    : undefined;
}
