import type { DescriptionLine, LineItem } from "../ecom/order.ts";
import { guid } from "./guid.ts";
import { type Market, price } from "./money.ts";
import { type Product, PRODUCTS } from "./products.ts";

const STORES_APP_ID = "215238eb-22a5-4c36-9e7b-e7c08025e04e";

/** What the price lines of an order are computed from, in minor units. */
export interface LineAmounts {
  readonly beforeDiscount: number;
  readonly discount: number;
  readonly tax: number;
}

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
    descriptionLines: [...options, giftTag(place.ownerNickname)],
    ...(product.hasImage && { image: image(product) }),
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
  const beforeDiscount = unit * quantity;
  const discount = Math.round(beforeDiscount * discountPercent / 100);
  const net = beforeDiscount - discount;
  const tax = Math.round(net * taxPerMille / 1000);
  const money = (minor: number) => price(minor, currency);
  return {
    amounts: { beforeDiscount, discount, tax },
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

function image({ code, name }: Product): NonNullable<LineItem["image"]> {
  const filename = `${code.toLowerCase()}.jpg`;
  const id = `juniper_${filename.replace(".", "~mv2.")}`;
  return {
    id,
    url: `https://static.wixstatic.com/media/${id}`,
    height: 1200,
    width: 1200,
    altText: name,
    filename,
  };
}
