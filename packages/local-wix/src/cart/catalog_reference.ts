import * as v from "valibot";
import { notImplemented } from "../http/errors.ts";
import {
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

const REFERENCE = v.object({
  catalogItemId: requiredText,
  appId: requiredText,
  options: v.nullish(
    v.object({
      variantId: optionalText,
      options: TEXTS,
      customTextFields: TEXTS,
      subscriptionOptionId: v.optional(v.unknown()),
      preOrderRequested: v.optional(v.unknown()),
    }),
    {},
  ),
});

/** A catalog reference as clients send it. */
export const CATALOG_REFERENCE: Schema<CatalogReference> = v.pipe(
  REFERENCE,
  v.transform(({ options, ...reference }) => {
    const { subscriptionOptionId, preOrderRequested, ...known } = options;
    if (subscriptionOptionId || preOrderRequested) {
      throw notImplemented("POST", "carts", "subscriptions and pre-orders");
    }
    const sent = Object.entries(known).filter(([, value]) => value);
    return sent.length > 0
      ? { ...reference, options: Object.fromEntries(sent) }
      : reference;
  }),
);
