import { HOME_MARKET } from "./money.ts";
import { SITE } from "./site.ts";

/** A site's business details, in the field names of the REST API. */
export type SiteProperties = Readonly<Record<string, unknown>>;

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
