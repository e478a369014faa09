import type { Call } from "../call.ts";
import type { Category } from "../categories/category.ts";
import { applicationError, invalidField } from "../http/errors.ts";
import { isElevated } from "../identity/identity.ts";
import { languageOf } from "../languages/call_language.ts";
import { translate } from "../languages/language.ts";
import { HOME_MARKET, type Market, MARKETS } from "../shop/money.ts";
import type { Catalog } from "./catalog.ts";
import type { CatalogProduct } from "./product.ts";

/**
 * The products that the caller may see, in the language and the currency of the
 * call. Hidden ones are for elevated calls.
 */
export function visibleProducts(call: Call): CatalogProduct[] {
  const language = languageOf(call);
  const market = requestMarket(call);
  return call.backend.store.catalog.products
    .filter(({ visible }) => visible || isElevated(call.identity))
    .map((product) => inMarket(translate(product, language), market));
}

/**
 * The market whose currency a call names in `x-wix-currency`.
 *
 * UNDOCUMENTED: the rates, and a currency in which the site does not sell. Here
 * the rates are fixed, and such a currency is refused.
 */
function requestMarket({ request }: Call): Market {
  const currency = request.headers.get("x-wix-currency");
  if (!currency) return HOME_MARKET;
  const market = MARKETS.find((market) => market.currency === currency);
  if (market) return market;
  throw invalidField("x-wix-currency", `The site does not sell in ${currency}`);
}

function inMarket(product: CatalogProduct, market: Market): CatalogProduct {
  if (market === HOME_MARKET) return product;
  const { currency, perCent } = market;
  const convert = (cents: number) => Math.round(cents * perCent);
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
