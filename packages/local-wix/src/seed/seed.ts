import type { Category } from "../categories/category.ts";
import type { DataCollection, DataItem } from "../data/item.ts";
import type { Language } from "../languages/language.ts";
import type { SiteSeo } from "../seo/seo.ts";
import type { CatalogProduct } from "../stores/product.ts";
import { seedCategories } from "./categories.ts";
import { COLLECTIONS, seedDataItems } from "./content.ts";
import { SITE } from "./demo_site.ts";
import { PEOPLE, peopleUpTo, type Person } from "./people.ts";
import { seedProducts } from "./products.ts";
import { LANGUAGES, SEO } from "./search_engines.ts";
import { HOME_MARKET } from "../shop/money.ts";
import { type Coupon, COUPONS } from "../shop/offers.ts";
import type { DemoAccount, Site, SiteProperties } from "../site/site.ts";

/** The data that local Wix starts with, and returns to on reset. */
export interface Seed {
  readonly site: Site;
  readonly siteProperties: SiteProperties;
  /** The members, in the order of the login page, with their orders. */
  readonly people: readonly Person[];
  /** What the shop sells. */
  readonly products: readonly CatalogProduct[];
  /** The categories of the shop; that of all products comes first. */
  readonly categories: readonly Category[];
  readonly coupons: readonly Coupon[];
  readonly collections: readonly DataCollection[];
  readonly dataItems: readonly DataItem[];
  /** The languages of the site; its own comes first. */
  readonly languages: readonly Language[];
  readonly seo: SiteSeo;
  /** URLs that webhooks are sent to. Default: none. */
  readonly webhookUrls?: readonly string[];
}

/** The accounts of the demo site; the login page offers the first one. */
export const DEMO_ACCOUNTS: readonly DemoAccount[] = accountsOf(PEOPLE);

/** The accounts of `people`. */
export function accountsOf(people: readonly Person[]): DemoAccount[] {
  return people.map(({ email, firstName, lastName, note }) => ({
    email,
    name: `${firstName} ${lastName}`,
    note,
  }));
}

/** The demo site with `memberCount` members, 1 to 60; those with notes first. */
export function demoSeed(memberCount: number = PEOPLE.length): Seed {
  if (!Number.isInteger(memberCount) || memberCount < 1 || memberCount > 60) {
    throw new RangeError("Cannot seed members: memberCount must be 1 to 60");
  }
  const products = seedProducts();
  return {
    site: SITE,
    siteProperties: SITE_PROPERTIES,
    people: peopleUpTo(memberCount),
    products,
    categories: seedCategories(products),
    coupons: COUPONS,
    collections: COLLECTIONS,
    dataItems: seedDataItems(SITE.ownerId),
    languages: LANGUAGES,
    seo: SEO,
  };
}

/** The demo site's business details, as the site properties API has them. */
export const SITE_PROPERTIES: SiteProperties = {
  siteDisplayName: SITE.name,
  businessName: "Juniper & Sons",
  description: "A general store that exists on your machine only.",
  logo: "juniper_logo~mv2.png",
  email: "hello@demo.example",
  phone: "+1 555 0100",
  fax: "",
  language: "en",
  locale: { languageCode: "en", country: "US" },
  paymentCurrency: HOME_MARKET.currency,
  timeZone: "America/Los_Angeles",
  categories: { primary: "retail", secondary: ["home-goods"] },
  address: {
    street: "Juniper Lane",
    streetNumber: "12",
    city: "Portland",
    state: "OR",
    country: "US",
    zip: "97201",
    coordinates: { latitude: 45.512, longitude: -122.682 },
  },
  businessSchedule: {
    periods: ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY"].map(
      (day) => ({
        openDay: day,
        openTime: "09:00",
        closeDay: day,
        closeTime: "18:00",
      }),
    ),
    specialHourPeriod: [],
  },
  multilingual: { supportedLanguages: [], autoRedirect: false },
  consentPolicy: {
    essential: true,
    functional: false,
    analytics: false,
    advertising: false,
    dataToThirdParty: false,
  },
  externalSiteUrl: "",
  trackClicksAnalytics: false,
};
