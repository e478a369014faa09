import type { Call } from "../call.ts";
import type { Category } from "../categories/category.ts";
import { applicationError } from "../http/errors.ts";
import { isElevated } from "../identity/identity.ts";
import { languageOf } from "../languages/call_language.ts";
import { translate } from "../languages/language.ts";
import {
  HOME_MARKET,
  inMarket,
  type Market,
  requestMarket,
} from "../shop/money.ts";
import type { Catalog } from "./catalog.ts";
import type { CatalogProduct } from "./product.ts";

/**
 * The products that the caller may see, in the language and the currency of the
 * call. Hidden ones are for elevated calls.
 */
export function visibleProducts(call: Call): CatalogProduct[] {
  const language = languageOf(call);
  const market = requestMarket(call.request);
  return call.backend.store.catalog.products
    .filter(({ visible }) => visible || isElevated(call.identity))
    .map((product) => converted(translate(product, language), market));
}

function converted(product: CatalogProduct, market: Market): CatalogProduct {
  if (market === HOME_MARKET) return product;
  const { currency } = market;
  const convert = (usCents: number) => inMarket(usCents, market);
  const [first, ...more] = product.variants.map((variant) => ({
    ...variant,
    currency,
    unitPrice: convert(variant.unitPrice),
    ...(variant.compareAtPrice !== undefined &&
      { compareAtPrice: convert(variant.compareAtPrice) }),
  }));
  return {
    ...product,
    currency,
    unitPrice: convert(product.unitPrice),
    variants: first ? [first, ...more] : product.variants,
    modifiers: product.modifiers.map((modifier) => ({
      ...modifier,
      ...(modifier.choices && {
        choices: modifier.choices.map((choice) => ({
          ...choice,
          addedPrice: convert(choice.addedPrice),
        })),
      }),
    })),
  };
}

/** The categories that the caller may see, in the language of the call. */
export function visibleCategories(call: Call): Category[] {
  const language = languageOf(call);
  return call.backend.store.categories
    .filter(({ visible }) => visible || isElevated(call.identity))
    .map((category) => translate(category, language));
}

/** What the views of products are made from. */
export function visibleShop(
  call: Call,
): { readonly catalog: Catalog; readonly categories: readonly Category[] } {
  const { catalog } = call.backend.store;
  return { catalog, categories: visibleCategories(call) };
}

/** Throws unless the caller may read what only the shop's owner knows. */
export function refuseMerchantData({ identity }: Call): void {
  if (isElevated(identity)) return;
  throw applicationError(403, "NO_PERMISSION_TO_READ_MERCHANT_DATA", "");
}
