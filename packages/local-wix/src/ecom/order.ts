import type { CatalogReference } from "../stores/catalog.ts";

/** An amount of money, as a decimal string and as people read it. */
export interface Price {
  readonly amount: string;
  readonly formattedAmount: string;
}

/** A text in the shop's language and, when it was bought in another, in that. */
export interface TranslatableText {
  readonly original: string;
  readonly translated?: string;
}

/** A chosen option of a product, as the order shows it. */
export interface DescriptionLine {
  readonly name: TranslatableText;
  readonly plainText?: TranslatableText;
  readonly colorInfo?: { readonly original: string; readonly code: string };
  readonly lineType: "PLAIN_TEXT" | "COLOR";
}

/** One product of an order. */
export interface LineItem {
  readonly id: string;
  readonly productName: TranslatableText;
  readonly catalogReference: CatalogReference;
  readonly quantity: number;
  readonly price: Price;
  readonly priceBeforeDiscounts: Price;
  readonly totalDiscount: Price;
  readonly lineItemPrice: Price;
  readonly totalPriceBeforeTax: Price;
  readonly totalPriceAfterTax: Price;
  readonly taxInfo: { readonly taxRate: string; readonly taxAmount: Price };
  readonly descriptionLines: readonly DescriptionLine[];
  readonly image?: {
    readonly id: string;
    readonly url: string;
    readonly height: number;
    readonly width: number;
    readonly altText: string;
    readonly filename: string;
  };
  readonly physicalProperties: {
    readonly sku: string;
    readonly weight?: number;
    readonly shippable: boolean;
  };
  readonly itemType: { readonly preset: "PHYSICAL" | "DIGITAL" | "GIFT_CARD" };
  readonly paymentOption: "FULL_PAYMENT_ONLINE";
}

/** A street address of an order. */
export interface OrderAddress {
  readonly country: string;
  readonly subdivision?: string;
  readonly city: string;
  readonly postalCode: string;
  readonly addressLine: string;
}

/** An address with the person who lives there. */
export interface AddressWithContact {
  readonly address: OrderAddress;
  readonly contactDetails: {
    readonly firstName: string;
    readonly lastName: string;
    readonly phone: string;
  };
}

/** The lifecycle of an order. */
export type OrderStatus =
  | "INITIALIZED"
  | "APPROVED"
  | "CANCELED"
  | "PENDING"
  | "REJECTED";

/** How far the payment of an order is. */
export type PaymentStatus =
  | "UNSPECIFIED"
  | "NOT_PAID"
  | "PAID"
  | "PARTIALLY_REFUNDED"
  | "FULLY_REFUNDED"
  | "PENDING"
  | "PARTIALLY_PAID"
  | "PENDING_MERCHANT"
  | "CANCELED"
  | "DECLINED";

/** How much of an order has been sent. */
export type FulfillmentStatus =
  | "NOT_FULFILLED"
  | "PARTIALLY_FULFILLED"
  | "FULFILLED";

/** An eCommerce order, in the field names of the REST API. */
export interface Order {
  readonly id: string;
  readonly number: string;
  readonly createdDate: string;
  readonly updatedDate: string;
  readonly purchasedDate: string;
  readonly status: OrderStatus;
  readonly paymentStatus: PaymentStatus;
  readonly fulfillmentStatus: FulfillmentStatus;
  readonly currency: string;
  readonly buyerLanguage: string;
  readonly siteLanguage: string;
  readonly weightUnit: "KG";
  readonly taxIncludedInPrices: boolean;
  readonly archived: boolean;
  readonly checkoutId: string;
  readonly channelInfo: { readonly type: string };
  readonly buyerInfo: {
    /** Absent when a visitor bought. */
    readonly memberId?: string;
    readonly visitorId?: string;
    readonly contactId: string;
    readonly email: string;
  };
  readonly createdBy: {
    readonly memberId?: string;
    readonly visitorId?: string;
  };
  readonly currencyConversionDetails: {
    readonly originalCurrency: string;
    readonly conversionRate: string;
  };
  readonly buyerNote?: string;
  readonly lineItems: readonly LineItem[];
  readonly priceSummary: {
    readonly subtotal: Price;
    readonly shipping: Price;
    readonly tax: Price;
    readonly discount: Price;
    readonly total: Price;
    readonly totalAdditionalFees: Price;
  };
  readonly balanceSummary: {
    readonly balance: Price;
    readonly paid: Price;
    readonly refunded: Price;
    readonly authorized: Price;
    readonly pendingRefund: Price;
    readonly pending: Price;
  };
  readonly billingInfo: AddressWithContact;
  readonly recipientInfo: AddressWithContact;
  readonly shippingInfo?: {
    readonly title: string;
    readonly code: string;
    readonly carrierId: string;
    readonly logistics: {
      readonly deliveryTime: string;
      readonly shippingDestination: AddressWithContact;
    };
    readonly cost: {
      readonly price: Price;
      readonly totalPriceAfterTax: Price;
    };
    readonly region: { readonly name: string };
  };
  readonly appliedDiscounts: readonly {
    readonly id: string;
    readonly discountType: "GLOBAL";
    readonly coupon: {
      readonly id: string;
      readonly code: string;
      readonly name: string;
      readonly amount: Price;
    };
  }[];
  readonly additionalFees: readonly never[];
  readonly activities: readonly {
    readonly id: string;
    readonly createdDate: string;
    readonly type: string;
  }[];
  readonly customFields: readonly never[];
  readonly taxInfo: { readonly totalTax: Price };
  readonly tags: Readonly<Record<string, never>>;
  readonly extendedFields: {
    readonly namespaces: Readonly<Record<string, never>>;
  };
}
