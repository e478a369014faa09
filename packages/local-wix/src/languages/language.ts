/** A language of the site. The first of them is its own. */
export interface Language {
  readonly id: string;
  readonly languageCode: string;
  readonly regionCode: string;
  /** Hidden languages are for the site's owner only. */
  readonly visible: boolean;
}

/** Texts of something by the code of a language. */
export type Translations = Readonly<
  Record<string, { readonly name?: string; readonly description?: string }>
>;

/**
 * `original` in a language.
 *
 * UNDOCUMENTED: which texts the header translates. Here names and descriptions
 * of products and categories; slugs stay.
 */
export function translate<T extends { readonly translations?: Translations }>(
  original: T,
  language: string | undefined,
): T {
  const { translations = {} } = original;
  return language !== undefined && Object.hasOwn(translations, language)
    ? { ...original, ...translations[language] }
    : original;
}
