import { allow, type Call, type Route } from "../call.ts";
import { applicationError, notFound } from "../http/errors.ts";
import { readPayload } from "../http/request.ts";
import { reply } from "../http/response.ts";
import { EVERYONE, isElevated } from "../identity/identity.ts";
import { comparable } from "../query/filter.ts";
import { listPage, type ListRules } from "../query/list.ts";
import type { Language } from "./language.ts";

const LOCALE = "/locales/v2/locale";

/**
 * The languages of the site.
 *
 * UNDOCUMENTED: who may read them. Here everyone; hidden ones need elevated
 * calls.
 */
export const LANGUAGE_ROUTES: readonly Route[] = allow(EVERYONE, {
  [`GET ${LOCALE}/query`]: queryLocales,
  [`POST ${LOCALE}/query`]: queryLocales,
  [`GET ${LOCALE}/{localeId}`]: getLocale,
  "GET /locale-settings/v2/settings": getLocaleSettings,
});

const FIELDS = [
  "id",
  "effectiveUrlStructure",
  "flag",
  "languageCode",
  "primaryLocale",
  "regionCode",
  "regionalFormat",
  "visibility",
];

/** The SDK's `V2LocaleQuerySpec`, in the field names of the REST API. */
const RULES: ListRules = {
  filter: comparable(...FIELDS),
  sort: FIELDS,
  sizes: { max: 100, otherwise: 50 },
};

async function queryLocales(call: Call): Promise<Response> {
  const { query } = await readPayload(call.request);
  const { items, pagingMetadata } = listPage(locales(call), query, RULES);
  return reply({ locales: items, pagingMetadata });
}

function getLocale(call: Call): Response {
  const locale = locales(call).find(({ id }) => id === call.params.localeId);
  if (locale) return reply({ locale });
  throw notFound("LOCALE_NOT_FOUND", "The site has no such locale");
}

function getLocaleSettings(call: Call): Response {
  const { createdDate, updatedDate } = DATES;
  const [primaryLocale] = locales(call);
  return reply({
    localeSettings: {
      revision: "1",
      createdDate,
      updatedDate,
      multilingualModeEnabled: true,
      autoSwitch: false,
      urlStructure: "SUBDIRECTORY",
      primaryLocale,
    },
  });
}

const DATES = {
  createdDate: "2026-01-01T00:00:00.000Z",
  updatedDate: "2026-01-01T00:00:00.000Z",
};

/**
 * The languages that the caller may see.
 *
 * UNDOCUMENTED: the response of a site with one language, which has no need of
 * Wix Multilingual. Here it is the 428 of sites without that app, as public
 * code reports it.
 */
function locales({ identity, backend }: Call) {
  const { languages } = backend.store;
  if (languages.length < 2) {
    const text = "Wix Multilingual is not installed";
    throw applicationError(428, "MULTILINGUAL_NOT_INSTALLED", text);
  }
  return languages
    .filter(({ visible }) => visible || isElevated(identity))
    .map((language) => localeView(language, language === languages[0]));
}

/** A language as the locales API has it. */
export function localeView(
  { id, languageCode, regionCode, visible }: Language,
  primaryLocale: boolean,
) {
  return {
    id,
    revision: "1",
    ...DATES,
    languageCode,
    regionCode,
    visibility: visible ? "VISIBLE" : "HIDDEN",
    primaryLocale,
    visitorPrimaryLocale: primaryLocale,
    flag: regionCode,
    regionalFormat: `${languageCode}-${regionCode.toLowerCase()}`,
    effectiveUrlStructure: "SUBDIRECTORY",
  } as const;
}
