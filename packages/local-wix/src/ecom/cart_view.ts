import { isInStock, pageUrl } from "../stores/product.ts";
import type { Cart } from "./cart.ts";
import type { ResolvedLine } from "./catalog_lines.ts";
import { findCoupon } from "./coupons.ts";
import { isShipped } from "./quote.ts";
import { SHOP_TERMS, shopPrice } from "./shop_terms.ts";

/** `cart` in the field names of the REST API. */
export function cartView(cart: Cart, lines: readonly ResolvedLine[]) {
  const coupon = findCoupon(cart.couponCode ?? "");
  return {
    id: cart.id,
    lineItems: lines.map(lineView),
    buyerInfo: cart.buyer,
    ...SHOP_TERMS,
    taxIncludedInPrices: false,
    appliedDiscounts: coupon
      ? [{ coupon: { id: coupon.id, code: coupon.code } }]
      : [],
    ...(cart.buyerNote && { buyerNote: cart.buyerNote }),
    ...(cart.checkoutId && { checkoutId: cart.checkoutId }),
    purchaseFlowId: cart.id,
    createdDate: cart.createdDate,
    updatedDate: cart.updatedDate,
  };
}

/** A line of a cart or checkout, without what tax and coupons do to it. */
export function lineView(line: ResolvedLine) {
  const { id, quantity, catalogReference, product, variant } = line;
  const { base, path } = pageUrl(product);
  const unit = shopPrice(product.unitPrice);
  return {
    id,
    quantity,
    catalogReference,
    productName: { original: product.name, translated: product.name },
    url: { relativePath: `/${path}`, url: base + path },
    price: unit,
    fullPrice: unit,
    priceBeforeDiscounts: unit,
    lineItemPrice: shopPrice(product.unitPrice * quantity),
    descriptionLines: variant?.descriptionLines ?? [],
    ...(product.image && { image: product.image }),
    availability: {
      status: isInStock(product) ? "AVAILABLE" : "NOT_AVAILABLE",
      ...(product.stock !== null && { quantityAvailable: product.stock }),
    },
    physicalProperties: {
      sku: variant?.sku ?? product.sku,
      ...(product.weight > 0 && { weight: product.weight }),
      shippable: isShipped(line),
    },
    itemType: { preset: product.kind },
    paymentOption: "FULL_PAYMENT_ONLINE",
    rootCatalogItemId: product.id,
    customLineItem: false,
    priceUndetermined: false,
    fixedQuantity: false,
    savePaymentMethod: false,
    membersOnly: false,
  };
}
