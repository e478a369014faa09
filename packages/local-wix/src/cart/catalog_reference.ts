import * as v from "valibot";
import {
  carriedObject,
  integer,
  optionalText,
  requiredText,
  type Schema,
} from "../http/validate.ts";
import type { CatalogReference } from "../stores/catalog.ts";

/** A quantity: 1 to 100000, and 1 when absent. */
export const QUANTITY: Schema<number> = integer(1, 100_000, 1);

const TEXTS = v.nullish(
  v.record(v.string(), v.pipe(v.unknown(), v.toString())),
);

/** A catalog reference as clients send it. */
export const CATALOG_REFERENCE: Schema<CatalogReference> = v.pipe(
  v.object({
    catalogItemId: requiredText,
    appId: requiredText,
    // The shop has no subscriptions and takes no pre-orders.
    options: v.nullish(
      carriedObject({
        variantId: optionalText,
        options: TEXTS,
        customTextFields: TEXTS,
      }),
      {},
    ),
  }),
  v.transform(({ options, ...reference }) => {
    const { variantId, options: choices, customTextFields } = options;
    const known = { variantId, options: choices, customTextFields };
    const sent = Object.entries(known).filter(([, value]) => value);
    return sent.length > 0
      ? { ...reference, options: Object.fromEntries(sent) }
      : reference;
  }),
);
