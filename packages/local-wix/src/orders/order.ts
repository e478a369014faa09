import { guid, type GuidKind } from "../ids.ts";
import type { Address, Price } from "../shop/money.ts";
import type {
  CatalogProduct,
  CatalogReference,
  DescriptionLine,
  ProductImage,
  TranslatableText,
} from "../stores/catalog.ts";

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
  readonly image?: ProductImage;
  readonly physicalProperties: {
    readonly sku: string;
    readonly weight?: number;
    readonly shippable: boolean;
  };
  readonly itemType: { readonly preset: CatalogProduct["kind"] };
  readonly paymentOption: "FULL_PAYMENT_ONLINE";
}

/** An address with the person who lives there. */
export interface AddressWithContact {
  readonly address: Address;
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

/** The payment status of an order. */
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

/** The three statuses of an order. */
export interface OrderState {
  readonly status: OrderStatus;
  readonly paymentStatus: PaymentStatus;
  readonly fulfillmentStatus: FulfillmentStatus;
}

/** A member or a visitor, as the buyer of an order. */
export type OrderBuyer =
  | { readonly memberId: string; readonly visitorId?: never }
  | { readonly visitorId: string; readonly memberId?: never };

type Prices<Name extends string> = Readonly<Record<Name, Price>>;

/** An eCommerce order, in the field names of the REST API. */
export interface Order extends OrderState {
  readonly id: string;
  readonly number: string;
  readonly createdDate: string;
  readonly updatedDate: string;
  readonly purchasedDate: string;
  readonly currency: string;
  readonly buyerLanguage: string;
  readonly siteLanguage: string;
  readonly weightUnit: "KG";
  readonly taxIncludedInPrices: boolean;
  readonly archived: boolean;
  readonly checkoutId: string;
  readonly channelInfo: { readonly type: string };
  readonly buyerInfo: OrderBuyer & {
    readonly contactId: string;
    readonly email: string;
  };
  readonly createdBy: OrderBuyer;
  readonly currencyConversionDetails: {
    readonly originalCurrency: string;
    readonly conversionRate: string;
  };
  readonly buyerNote?: string;
  readonly lineItems: readonly LineItem[];
  readonly priceSummary: Prices<
    | "subtotal"
    | "shipping"
    | "tax"
    | "discount"
    | "total"
    | "totalAdditionalFees"
  >;
  readonly balanceSummary: Prices<
    | "balance"
    | "paid"
    | "refunded"
    | "authorized"
    | "pendingRefund"
    | "pending"
  >;
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
    readonly cost: Prices<"price" | "totalPriceAfterTax">;
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
  readonly taxInfo: Prices<"totalTax">;
  readonly tags: Readonly<Record<string, never>>;
  readonly extendedFields: {
    readonly namespaces: Readonly<Record<string, never>>;
  };
}

/** The `index`th id of something that follows from `order`. */
export function orderGuid(
  kind: GuidKind,
  { number }: Order,
  index: number,
): string {
  return guid(kind, Number(number) * 10 + index);
}
