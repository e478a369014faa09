import * as v from "valibot";
import { unsupportedField } from "../http/errors.ts";
import {
  carriedObject,
  limitedText,
  type Schema,
  validate,
} from "../http/validate.ts";
import { SENT_AMOUNT } from "../shop/money.ts";
import type { CatalogItem } from "../stores/catalog.ts";
import type { CatalogProduct, DescriptionLine } from "../stores/product.ts";
import { QUANTITY } from "./catalog_reference.ts";

/** An item that no catalog has: it says itself what it is and costs. */
export interface CustomItem {
  readonly name: string;
  readonly kind: CatalogProduct["kind"];
  readonly sku: string;
  readonly weight: number;
  /** In US cents, with what it cost before it was reduced. */
  readonly unitPrice: number;
  readonly fullPrice: number;
  readonly left: number | null;
  readonly descriptionLines: readonly DescriptionLine[];
}

const TEXT = carriedObject({
  original: v.pipe(v.string(), v.nonEmpty(), v.maxLength(200)),
});
const PRICE = carriedObject({
  amount: SENT_AMOUNT,
  convertedAmount: v.optional(v.unknown()),
});

const ITEMS = v.optional(
  v.pipe(
    v.array(carriedObject({
      name: TEXT,
      quantityInfo: v.optional(
        carriedObject({
          requestedQuantity: QUANTITY,
          availableQuantity: v.nullish(v.pipe(v.number(), v.integer()), null),
        }),
        { requestedQuantity: 1, availableQuantity: null },
      ),
      pricing: carriedObject({ price: PRICE, fullPrice: v.nullish(PRICE) }),
      attributes: v.optional(
        carriedObject({
          descriptionLines: v.optional(
            v.array(carriedObject({ name: TEXT, plainText: TEXT })),
            [],
          ),
          itemType: v.optional(
            carriedObject({
              preset: v.picklist(["PHYSICAL", "DIGITAL", "GIFT_CARD"]),
            }),
            { preset: "PHYSICAL" },
          ),
          physicalProperties: v.optional(
            carriedObject({
              sku: v.optional(limitedText(40), ""),
              weight: v.nullish(v.pipe(v.number(), v.minValue(0)), 0),
              shippable: v.optional(v.boolean()),
            }),
            {},
          ),
        }),
        {},
      ),
    })),
    v.maxLength(300),
  ),
  [],
);

/** The `customItems` of a request. */
export function readCustomItems(
  sent: unknown,
): { readonly custom: CustomItem; readonly quantity: number }[] {
  const items = validate(
    ITEMS as Schema<v.InferOutput<typeof ITEMS>>,
    sent,
    "customItems",
  );
  return items.map(({ name, quantityInfo, pricing, attributes }) => {
    const { descriptionLines = [], itemType, physicalProperties } = attributes;
    const { sku = "", weight, shippable } = physicalProperties ?? {};
    const kind = itemType?.preset ?? "PHYSICAL";
    // Here physical goods are those that are sent in a parcel.
    if (shippable !== undefined && shippable !== (kind === "PHYSICAL")) {
      throw unsupportedField("attributes.physicalProperties.shippable");
    }
    const custom = {
      name: name.original,
      kind,
      sku,
      weight: weight ?? 0,
      unitPrice: pricing.price.amount,
      fullPrice: pricing.fullPrice?.amount ?? pricing.price.amount,
      left: quantityInfo.availableQuantity,
      descriptionLines: descriptionLines.map((line) => ({
        ...line,
        lineType: "PLAIN_TEXT" as const,
      })),
    };
    return { custom, quantity: quantityInfo.requestedQuantity };
  });
}

/** A custom item as lines have those of the catalog. */
export function customCatalogItem(custom: CustomItem): CatalogItem {
  const { name, kind, sku, weight, unitPrice, fullPrice, left } = custom;
  const variant = {
    id: "",
    inventoryItemId: "",
    sku,
    unitPrice,
    ...(fullPrice > unitPrice && { compareAtPrice: fullPrice }),
    choices: {},
    descriptionLines: [],
    stock: null,
  };
  return {
    product: {
      id: "",
      number: 0,
      slug: "",
      sku,
      name,
      description: "",
      unitPrice,
      kind,
      visible: true,
      revision: 1,
      weight,
      images: [],
      options: [],
      modifiers: [],
      infoSections: [],
      variants: [variant],
      createdDate: "",
      lastUpdated: "",
    },
    variant,
    unitPrice,
    descriptionLines: custom.descriptionLines,
    left,
  };
}
