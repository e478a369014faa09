/**
 * The countries in address forms.
 *
 * @module
 */

/** A country to choose in a form. */
export interface Country {
  /** ISO 3166-1 alpha-2, as Wix uses it. */
  readonly code: string;
  readonly name: string;
}

/** Regions with a name that are not countries of ISO 3166-1. */
const NOT_COUNTRIES = "AC CP CQ DG EA EU EZ IC QO TA UN XA XB ZZ".split(" ");

const LETTERS = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];

/**
 * All countries known to the runtime, sorted by English name. Without retired
 * codes, such as `DD`, and with Kosovo's `XK`.
 */
export const COUNTRIES: readonly Country[] = countries();

function countries(): Country[] {
  const names = new Intl.DisplayNames("en", {
    type: "region",
    fallback: "none",
  });
  const codes = LETTERS.flatMap((first) =>
    LETTERS.map((second) => first + second)
  );
  return codes.flatMap((code) => {
    const [locale] = Intl.getCanonicalLocales(`und-${code}`);
    const name = names.of(code);
    return name === undefined || locale !== `und-${code}` ||
        NOT_COUNTRIES.includes(code)
      ? []
      : [{ code, name }];
  }).sort((a, b) => a.name.localeCompare(b.name, "en"));
}
