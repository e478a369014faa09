import type { DescriptionLine, LineItem } from "../ecom/order.ts";
import { type LineAmounts, lineAmounts } from "../ecom/amounts.ts";
import { STORES_APP_ID } from "../stores/catalog.ts";
import { descriptionLine } from "../stores/description_line.ts";
import { guid } from "./guid.ts";
import { type Market, price } from "./money.ts";
import { productImage } from "./product_image.ts";
import { type Product, PRODUCTS } from "./products.ts";

/** A line item and the amounts it adds to its order. */
export interface SeededLine {
  readonly item: LineItem;
  readonly amounts: LineAmounts;
}

/** Where a line item stands, and who ordered it. */
export interface LinePlace {
  readonly orderNumber: number;
  readonly position: number;
  readonly ownerSlug: string;
  readonly ownerNickname: string;
  readonly market: Market;
  readonly discountPercent: number;
}

/**
 * One line of an order. SKU and gift tag name the owner, so that a test can
 * tell whose order it is looking at.
 */
export function seedLine(place: LinePlace): SeededLine {
  const { orderNumber, position, ownerSlug } = place;
  const index = (orderNumber * 5 + position * 7) % PRODUCTS.length;
  const product = PRODUCTS[index];
  if (!product) throw new RangeError(`Cannot seed: no product ${index}`);
  const { code, name, kind, weight, options } = product;
  const quantity = 1 + (orderNumber + position) % 3;
  const { prices, amounts } = priceLine(product, quantity, place);
  const image = productImage(product);
  const chosen = options.flatMap((option) =>
    option.choices.slice(0, 1).map((choice) => descriptionLine(option, choice))
  );
  const item: LineItem = {
    id: guid("lineItem", orderNumber * 100 + position),
    productName: { original: name, translated: name },
    catalogReference: {
      catalogItemId: guid("product", index + 1),
      appId: STORES_APP_ID,
      ...(options.length > 0 &&
        { options: { variantId: guid("variant", index + 1) } }),
    },
    quantity,
    ...prices,
    descriptionLines: [...chosen, giftTag(place.ownerNickname)],
    ...(image && { image }),
    physicalProperties: {
      sku: `${ownerSlug.toUpperCase()}-${orderNumber}-${code}`,
      ...(weight > 0 && { weight }),
      shippable: kind === "PHYSICAL",
    },
    itemType: { preset: kind },
    paymentOption: "FULL_PAYMENT_ONLINE",
  };
  return { item, amounts };
}

function priceLine(
  { usCents }: Product,
  quantity: number,
  { market, discountPercent }: LinePlace,
) {
  const { currency, perCent, taxPerMille } = market;
  const unit = Math.round(usCents * perCent);
  const amounts = lineAmounts(unit, quantity, { discountPercent, taxPerMille });
  const { beforeDiscount, discount, tax } = amounts;
  const net = beforeDiscount - discount;
  const money = (minor: number) => price(minor, currency);
  return {
    amounts,
    prices: {
      price: money(Math.round(net / quantity)),
      priceBeforeDiscounts: money(unit),
      totalDiscount: money(discount),
      lineItemPrice: money(net),
      totalPriceBeforeTax: money(net),
      totalPriceAfterTax: money(net + tax),
      taxInfo: { taxRate: String(taxPerMille / 1000), taxAmount: money(tax) },
    },
  };
}

function giftTag(nickname: string): DescriptionLine {
  return {
    name: { original: "Gift tag" },
    plainText: { original: `For ${nickname}` },
    lineType: "PLAIN_TEXT",
  };
}
