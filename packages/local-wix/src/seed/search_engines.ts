import type { Language, Translations } from "../languages/language.ts";
import { guid } from "../ids.ts";
import { meta, type SeoTag, type SiteSeo, title } from "../seo/seo.ts";

/** The languages of the demo site. French is being prepared. */
export const LANGUAGES: readonly Language[] = [
  language(1, "en", "US"),
  language(2, "de", "DE"),
  { ...language(3, "fr", "FR"), visible: false },
];

/** The `number`th language of a site, which visitors see. */
export function language(
  number: number,
  languageCode: string,
  regionCode: string,
): Language {
  const id = guid("language", number);
  return { id, languageCode, regionCode, visible: true };
}

/** Translations of products and categories, by their slugs. */
export const TRANSLATIONS: Readonly<Record<string, Translations>> = {
  "enamel-mug": {
    de: {
      name: "Emaillebecher",
      description: "Fasst 350 ml und übersteht einen Sturz auf Steinboden.",
    },
    fr: { name: "Tasse émaillée" },
  },
  "linen-apron": {
    de: {
      name: "Leinenschürze",
      description: "Zwei Taschen, gekreuzte Träger, dreimal gewaschen.",
    },
  },
  "juniper-candle": { de: { name: "Wacholderkerze" } },
  kitchen: {
    de: {
      name: "Küche",
      description: "Pfannen, Messer und Gläser für jeden Tag.",
    },
  },
  gifts: { de: { name: "Geschenke" } },
};

/** Tags of the pages of products and categories, by their slugs. */
export const ITEM_TAGS: Readonly<Record<string, readonly SeoTag[]>> = {
  "enamel-mug": [
    title("The mug that survives the kitchen floor"),
    meta("description", "An enamel mug in three colors, 350 ml."),
  ],
  "gift-card": [meta("robots", "noindex")],
};

/** What search engines read of the demo site. */
export const SEO: SiteSeo = {
  indexable: true,
  pages: [
    { path: "/", name: "", tags: [] },
    {
      path: "/about",
      name: "About us",
      tags: [meta("description", "Who makes the mugs, and where.")],
    },
  ],
};
