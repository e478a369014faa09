import type { Call } from "../call.ts";
import { translate } from "../languages/language.ts";
import {
  type Convert,
  convertTo,
  rateText,
  SHOP_TERMS,
} from "../shop/money.ts";
import { findGiftCard, GIFT_CARD_APP_ID } from "../shop/gift_cards.ts";
import { CARRIER_ID, SHIPPING_OPTIONS } from "../shop/offers.ts";
import { pageUrl } from "../stores/product.ts";
import {
  type Cart,
  type CatalogLine,
  isShipped,
  type ResolvedLine,
  resolveLines,
} from "./cart.ts";
import { isCurrent } from "./carts.ts";
import { redeemable } from "./gift_card_v2.ts";
import { calculateSubtotal, type Quote, quote } from "./quote.ts";
import { findViolations } from "./violations.ts";

/** `cart` as Cart V2 has it. */
export function cartView(call: Call, cart: Cart) {
  const { backend: { store: { catalog }, settings: { values } } } = call;
  const { id, buyer, recipient, note, languageCode } = cart;
  const money = convertTo(cart.currencyCode);
  const { contactId, ...owner } = { contactId: undefined, ...buyer };
  const { firstName, lastName, phone, ...address } = recipient;
  const resolved = resolveLines(cart.lines, catalog);
  const coupon = catalog.coupon(cart.couponCode);
  const method = methodView(cart.shippingCode);
  return {
    id,
    revision: String(cart.revision),
    createdDate: cart.createdDate,
    updatedDate: cart.updatedDate,
    currentCart: isCurrent(call, cart),
    orderPlaced: cart.orderId !== undefined,
    ...(cart.orderId && { orderId: cart.orderId }),
    purchaseFlowId: id,
    lineItems: cart.lines.map((line) => {
      const found = resolved.find((item) => item.id === line.id);
      return found
        ? lineView(found, money, { withImage: values.lineImages, languageCode })
        : removedLine(line, money);
    }),
    subtotal: money(calculateSubtotal(resolved)),
    coupons: coupon ? [{ id: coupon.id, code: coupon.code }] : [],
    ...(note && { note }),
    ...(cart.checkoutUrl && { customCheckoutUrl: cart.checkoutUrl }),
    source: { channelType: cart.channelType, createdBy: owner },
    businessInfo: {
      currencyCode: SHOP_TERMS.currency,
      languageCode: SHOP_TERMS.siteLanguage,
    },
    customerInfo: {
      ...owner,
      ...(contactId && { contactId }),
      ...(cart.email && { email: cart.email }),
      ...(firstName && { firstName }),
      ...(lastName && { lastName }),
      ...(phone && { phone }),
      currencyCode: cart.currencyCode,
      languageCode: languageCode ?? SHOP_TERMS.buyerLanguage,
    },
    deliveryInfo: {
      ...(Object.keys(address).length > 0 && { address }),
      ...(method && { method }),
      weightUnit: SHOP_TERMS.weightUnit,
    },
    taxInfo: { pricesIncludeTax: false },
    paymentInfo: {
      giftCards: giftCardsOf(cart),
      currencyCode: SHOP_TERMS.paymentCurrency,
      ...billingView(cart),
    },
    settings: { lockCouponCode: cart.isCouponLocked ?? false },
    extendedFields: { namespaces: {} },
  } as const;
}

function giftCardsOf({ giftCardCode }: Cart) {
  const card = findGiftCard(giftCardCode);
  if (!card) return [];
  const obfuscatedCode = card.code.replace(/.(?=.{4})/g, "*");
  return [{ id: card.id, obfuscatedCode, appId: GIFT_CARD_APP_ID }];
}

function billingView({ billing }: Cart) {
  if (!billing) return undefined;
  const { firstName, lastName, phone, ...billingAddress } = billing;
  return { billingAddress, billingContact: { firstName, lastName, phone } };
}

function lineView(
  line: ResolvedLine,
  money: Convert,
  { withImage, languageCode }: {
    readonly withImage: boolean;
    readonly languageCode: string | undefined;
  },
) {
  const { id, quantity, confirmed, left, product, variant } = line;
  const { catalogReference, custom, unitPrice } = line;
  const { base, path } = pageUrl(product);
  const modifiers = unitPrice - variant.unitPrice;
  return {
    id,
    name: {
      original: product.name,
      translated: translate(product, languageCode).name,
    },
    quantityInfo: {
      requestedQuantity: quantity,
      confirmedQuantity: confirmed,
      ...(left !== null && { availableQuantity: left }),
      fixedQuantity: false,
    },
    pricing: {
      unitPrice: money(unitPrice),
      totalPrice: money(unitPrice * confirmed),
      priceUndetermined: false,
      breakdown: {
        fullPrice: money(variant.compareAtPrice ?? variant.unitPrice),
        ...(variant.compareAtPrice !== undefined &&
          { salePrice: money(variant.unitPrice) }),
        ...(modifiers !== 0 && { totalModifiersPrice: money(modifiers) }),
      },
    },
    source: custom ? {} : { catalogReference, rootCatalogItemId: product.id },
    attributes: {
      descriptionLines: line.descriptionLines.map(({ lineType: _, ...rest }) =>
        rest
      ),
      ...(withImage && product.image && { image: product.image }),
      ...(!custom && { url: { relativePath: `/${path}`, url: base + path } }),
      itemType: { preset: product.kind },
      physicalProperties: {
        sku: variant.sku,
        ...(product.weight > 0 && { weight: product.weight }),
        shippable: isShipped(line),
      },
      membersOnly: false,
    },
    paymentConfig: { paymentOption: "FULL_PAYMENT_ONLINE" },
    status: confirmed === quantity
      ? "IN_STOCK"
      : confirmed > 0
      ? "PARTIALLY_IN_STOCK"
      : "OUT_OF_STOCK",
    customLineItem: custom !== undefined,
  } as const;
}

/** A line whose product the shop no longer has, or no longer shows. */
function removedLine(
  { id, quantity, catalogReference }: CatalogLine,
  money: Convert,
) {
  return {
    id,
    name: { original: "" },
    quantityInfo: {
      requestedQuantity: quantity,
      confirmedQuantity: 0,
      availableQuantity: 0,
      fixedQuantity: false,
    },
    pricing: { unitPrice: money(0), totalPrice: money(0) },
    source: { catalogReference },
    status: "REMOVED_FROM_CATALOG",
    customLineItem: false,
  } as const;
}

/** What a summary is made with; what is not calculated costs nothing. */
export interface SummaryOptions {
  readonly withDelivery: boolean;
  readonly withTax: boolean;
  readonly withGiftCards: boolean;
  readonly validations: "none" | "before checkout" | "checkout";
}

/** What `cart` costs, as Cart V2 has it. */
export function summaryView(call: Call, cart: Cart, options: SummaryOptions) {
  const { withDelivery: withShipping, withTax, validations } = options;
  const { catalog } = call.backend.store;
  const costs = quote(cart, catalog, { withShipping, withTax });
  const { shippingOption, taxPerMille } = costs;
  const money = convertTo(cart.currencyCode);
  const redeemed = options.withGiftCards
    ? redeemable(call, cart, costs.total)
    : 0;
  const due = money(costs.total - redeemed);
  return {
    cartId: cart.id,
    cartRevision: String(cart.revision),
    calculationId: `${cart.id}-${cart.revision}`,
    lineItems: costs.lines.map(({ id, confirmed, unitPrice }) => ({
      lineItemId: id,
      quantity: confirmed,
      unitPrice: money(unitPrice),
      totalPrice: money(unitPrice * confirmed),
    })),
    discounts: discountsOf(costs, money),
    ...(shippingOption && {
      deliverySummary: {
        method: methodView(shippingOption.code) ?? {},
        price: money(costs.shipping),
      },
    }),
    additionalFees: [],
    taxSummary: {
      taxes: costs.tax > 0
        ? [{
          name: { original: `Tax ${taxPerMille / 10}%` },
          taxableAmount: money(costs.subtotal - costs.discount),
          amount: money(costs.tax),
        }]
        : [],
      pricesIncludeTax: false,
      lineItemTaxes: costs.lines.map(({ id, amounts }) => ({
        lineItemId: id,
        tax: money(amounts.tax),
        rate: rateText(taxPerMille),
      })),
    },
    priceSummary: {
      subtotal: money(costs.subtotal),
      discount: money(costs.discount),
      delivery: money(costs.shipping),
      additionalFees: money(0),
      tax: money(costs.tax),
      total: money(costs.total),
    },
    paymentSummary: {
      giftCards: giftCardsOf(cart).map(({ id }) => ({
        giftCardId: id,
        redeemAmount: money(redeemed),
      })),
      requiresPaymentAfterGiftCard: redeemed < costs.total,
      totalAfterGiftCards: due,
      payNow: due,
      payLater: money(0),
    },
    priceVerificationToken: priceToken(cart, costs),
    violations: findViolations(cart, costs, validations),
  } as const;
}

/** Proves which price of a cart a client has seen. */
export function priceToken({ id }: Cart, { total }: Quote): string {
  return `${id}.${total}`;
}

function discountsOf({ coupon, discount, lines }: Quote, money: Convert) {
  if (!coupon) return [];
  return [
    {
      name: { original: coupon.name },
      source: { sourceType: "COUPON", couponCode: coupon.code },
      scope: "CART_SUBTOTAL",
      total: money(discount),
      lineItemDiscounts: lines.map(({ id, amounts }) => ({
        lineItemId: id,
        amountOff: money(amounts.discount),
      })),
    } as const,
  ];
}

function methodView(code: string | undefined) {
  const option = SHIPPING_OPTIONS.find((option) => option.code === code);
  return option && {
    code: option.code,
    appId: CARRIER_ID,
    title: { original: option.title, translated: option.title },
    pickup: false,
  };
}
