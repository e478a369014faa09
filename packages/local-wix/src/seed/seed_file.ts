import type { DataRole } from "../data/item.ts";
import type {
  FulfillmentStatus,
  OrderStatus,
  PaymentStatus,
} from "../orders/order.ts";
import type { SentSeoTag } from "../seo/seo_tag_schema.ts";

/**
 * The content of a seed file. Everything is optional; the demo site provides
 * missing parts. Amounts are in units of the shop's currency.
 *
 * @example
 * ```ts
 * export default {
 *   products: [{ name: "Mug", price: 14.5 }],
 * } satisfies SeedFile;
 * ```
 */
export interface SeedFile {
  site?: {
    clientId?: string;
    clientSecret?: string;
    instanceId?: string;
    siteId?: string;
    ownerId?: string;
    apiKey?: string;
    name?: string;
  };
  /** Site properties, in the field names of the REST API. */
  properties?: Record<string, unknown>;
  /** Up to 1,000 members, or a number of demo members, 1 to 60. */
  members?: number | SeedMember[];
  /** The shop's products, or a number to generate, up to 5,000. */
  products?: number | SeedProduct[];
  /** Categories, or a number to generate, up to 500. */
  categories?: number | SeedCategory[];
  coupons?: SeedCoupon[];
  collections?: SeedCollection[];
  /** The site's own language comes first. */
  languages?: { code: string; region: string; hidden?: boolean }[];
  seo?: { indexable?: boolean; pages?: SeedPage[] };
  /** URLs that webhooks are sent to. */
  webhooks?: string[];
}

/** A member. */
export interface SeedMember {
  email: string;
  firstName?: string;
  lastName?: string;
  nickname?: string;
  slug?: string;
  private?: boolean;
  /** Orders, newest first, or a number to generate, up to 500. */
  orders?: number | SeedOrder[];
  badges?: ("vip" | "wholesale" | "founding-member")[];
  /** For the login page. */
  note?: string;
}

/** An order of a member. */
export interface SeedOrder {
  /** Slugs of products. */
  products: { product: string; quantity?: number }[];
  /** ISO date. */
  date?: string;
  status?: OrderStatus;
  paymentStatus?: PaymentStatus;
  fulfillmentStatus?: FulfillmentStatus;
}

/** Tags in the head of a page, besides those derived from its content. */
export interface SeedSeo {
  title?: string;
  description?: string;
  noIndex?: boolean;
  tags?: SentSeoTag[];
}

/** A page of the site that doesn't belong to an item. */
export interface SeedPage extends SeedSeo {
  /** Such as `/about`. */
  path: string;
  name?: string;
}

/** Texts by the code of a language. */
export type SeedTranslations = Record<
  string,
  { name?: string; description?: string }
>;

/** A choice of an option; `color` is a CSS color. */
export interface SeedChoice {
  name: string;
  color?: string;
  surcharge?: number;
}

/** A product. */
export interface SeedProduct {
  name: string;
  /** Default: after the name. */
  slug?: string;
  sku?: string;
  description?: string;
  price: number;
  /** The price before the reduction. */
  compareAtPrice?: number;
  /** Stock of each variant; null if stock is not tracked. */
  stock?: number | null;
  visible?: boolean;
  kind?: "PHYSICAL" | "DIGITAL" | "GIFT_CARD";
  /** Kilograms. */
  weight?: number;
  /** Number of generated pictures. Default: 1. */
  images?: number;
  options?: { name: string; choices: (string | SeedChoice)[] }[];
  translations?: SeedTranslations;
  seo?: SeedSeo;
}

/** A category. */
export interface SeedCategory {
  name: string;
  /** Default: after the name. */
  slug?: string;
  description?: string;
  /** Slug of the category above. */
  parent?: string;
  /** Slugs of its products, in their order. */
  products?: string[];
  visible?: boolean;
  translations?: SeedTranslations;
  seo?: SeedSeo;
}

/** A coupon. */
export interface SeedCoupon {
  code: string;
  name?: string;
  percent: number;
  expired?: boolean;
  /** What the goods have to cost. */
  minSubtotal?: number;
}

/** A data collection. */
export interface SeedCollection {
  id: string;
  /** Default: everyone can read, the site owner can write. */
  permissions?: {
    read?: DataRole;
    insert?: DataRole;
    update?: DataRole;
    remove?: DataRole;
  };
  /** The collection that a field references; in a list, for a multi-reference. */
  references?: Record<string, string | [string]>;
  /** Items; `_owner` is the email address of a member. */
  items?: Record<string, unknown>[];
}
