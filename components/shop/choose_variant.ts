/**
 * Which variant of a product a user has chosen. Runs on the server and in the
 * browser alike.
 *
 * @module
 */

/** A property of a product in which its variants differ, such as its size. */
export interface OptionView {
  /** Wix id. */
  readonly id: string;
  readonly name: string;
  readonly choices: readonly ChoiceView[];
}

/** A value of an option. */
export interface ChoiceView {
  /** Wix id. */
  readonly id: string;
  readonly name: string;
  /** CSS color, of a choice that is one. */
  readonly color: string | undefined;
}

/** A combination of choices, which has a price and a stock of its own. */
export interface VariantView {
  /** Wix id. */
  readonly id: string;
  /** Id of the choice by id of the option. */
  readonly choices: Choices;
  readonly price: string;
  /** The price before it was reduced. */
  readonly before: string | undefined;
  readonly isInStock: boolean;
}

/** Id of the chosen choice by id of its option. */
export type Choices = Readonly<Record<string, string>>;

/** The part of a product that a choice is about. */
export interface Variants {
  readonly options: readonly OptionView[];
  readonly variants: readonly VariantView[];
}

/** Returns the choices in a URL's query, by name. Others are ignored. */
export function readChoices(
  { options }: Variants,
  params: URLSearchParams,
): Choices {
  return Object.fromEntries(options.flatMap(({ id, name, choices }) => {
    const choice = choices.find((choice) => choice.name === params.get(name));
    return choice ? [[id, choice.id]] : [];
  }));
}

/** Returns the choices as the query string of a URL, with its `?`. */
export function choicesQuery({ options }: Variants, chosen: Choices): string {
  const pairs = options.flatMap(({ id, name, choices }) =>
    choices.filter((choice) => choice.id === chosen[id])
      .map((choice) => [name, choice.name])
  );
  return `?${new URLSearchParams(pairs)}`;
}

/**
 * Returns the variant that is chosen, `undefined` while an option has no choice
 * or there is no such variant. A product without options has one variant.
 */
export function chosenVariant(
  { options, variants }: Variants,
  chosen: Choices,
): VariantView | undefined {
  return variants.find(({ choices }) =>
    options.every(({ id }) =>
      chosen[id] !== undefined && choices[id] === chosen[id]
    )
  );
}

/** Returns whether a variant with `chosen`, as far as it goes, is in stock. */
export function isInStock({ variants }: Variants, chosen: Choices): boolean {
  return variants.some(({ choices, isInStock }) =>
    isInStock &&
    Object.entries(chosen).every(([id, choice]) => choices[id] === choice)
  );
}
