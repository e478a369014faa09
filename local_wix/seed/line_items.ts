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
  const { orderNumber, position, market, discountPercent } = place;
  const index = (orderNumber * 5 + position * 7) % PRODUCTS.length;
  const product = PRODUCTS[index];
  if (!product) throw new RangeError(`No product at ${index}`);
  const quantity = 1 + (orderNumber + position) % 3;
  const unit = Math.round(product.usCents * market.perCent);
  const beforeDiscount = unit * quantity;
  const discount = Math.round(beforeDiscount * discountPercent / 100);
  const net = beforeDiscount - discount;
  const tax = Math.round(net * market.taxPerMille / 1000);
  const money = (minor: number) => price(minor, market.currency);
  const hasVariant = product.options.length > 0;
  const item: LineItem = {
    id: guid("lineItem", orderNumber * 100 + position),
    productName: { original: product.name, translated: product.name },
    catalogReference: {
      catalogItemId: guid("product", index + 1),
      appId: STORES_APP_ID,
      ...(hasVariant && { options: { variantId: guid("variant", index + 1) } }),
    },
    quantity,
    price: money(Math.round(net / quantity)),
    priceBeforeDiscounts: money(unit),
    totalDiscount: money(discount),
    lineItemPrice: money(net),
    totalPriceBeforeTax: money(net),
    totalPriceAfterTax: money(net + tax),
    taxInfo: {
      taxRate: String(market.taxPerMille / 1000),
      taxAmount: money(tax),
    },
    descriptionLines: [...product.options, giftTag(place.ownerNickname)],
    ...(product.hasImage && { image: image(product) }),
    physicalProperties: {
      sku: `${place.ownerSlug.toUpperCase()}-${orderNumber}-${product.code}`,
      ...(product.kind === "PHYSICAL" && { weight: product.weight }),
      shippable: product.kind === "PHYSICAL",
    },
    itemType: { preset: product.kind },
    paymentOption: "FULL_PAYMENT_ONLINE",
  };
  return { item, amounts: { beforeDiscount, discount, tax } };
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
