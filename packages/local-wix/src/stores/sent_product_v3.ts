import * as v from "valibot";
import { invalidField, unsupportedField } from "../http/errors.ts";
import {
  carriedObject,
  requiredText,
  type Schema,
  validate,
} from "../http/validate.ts";
import { SENT_AMOUNT } from "../shop/money.ts";

const IGNORED = v.optional(v.unknown());

function text(max: number) {
  return v.pipe(v.string(), v.nonEmpty(), v.maxLength(max));
}

const AMOUNT = carriedObject({ amount: SENT_AMOUNT, formattedAmount: IGNORED });

const CHOICE = carriedObject({
  choiceId: IGNORED,
  key: IGNORED,
  inStock: IGNORED,
  visible: IGNORED,
  name: text(50),
  choiceType: v.optional(v.picklist(["CHOICE_TEXT", "ONE_COLOR"])),
  colorCode: v.optional(v.pipe(v.string(), v.regex(/^#[0-9a-f]{6}$/i))),
});

const OPTION = carriedObject({
  id: IGNORED,
  key: IGNORED,
  name: text(50),
  optionRenderType: v.optional(
    v.picklist(["TEXT_CHOICES", "SWATCH_CHOICES"]),
    "TEXT_CHOICES",
  ),
  choicesSettings: v.object({
    choices: v.pipe(v.array(CHOICE), v.minLength(1), v.maxLength(1000)),
  }),
});

const VARIANT = carriedObject({
  id: v.optional(v.string()),
  inventoryStatus: IGNORED,
  visible: v.optional(v.boolean()),
  sku: v.optional(text(40)),
  choices: v.optional(
    v.array(carriedObject({
      optionChoiceIds: IGNORED,
      optionChoiceNames: v.object({
        optionName: requiredText,
        choiceName: requiredText,
      }),
    })),
    [],
  ),
  price: carriedObject({
    actualPrice: AMOUNT,
    compareAtPrice: v.optional(AMOUNT),
  }),
  physicalProperties: v.optional(
    carriedObject({ weight: v.optional(v.pipe(v.number(), v.minValue(0))) }),
    {},
  ),
  inventoryItem: v.optional(
    carriedObject({
      inStock: v.optional(v.boolean()),
      quantity: v.optional(v.pipe(v.number(), v.integer())),
    }),
  ),
});

const PRODUCT = carriedObject({
  id: IGNORED,
  revision: v.optional(v.string()),
  createdDate: IGNORED,
  updatedDate: IGNORED,
  name: v.optional(text(80)),
  slug: v.optional(v.pipe(text(300), v.regex(/^[\w.-]+$/))),
  visible: v.optional(v.boolean()),
  // Plain text, or one paragraph of it.
  plainDescription: v.optional(v.pipe(v.string(), v.maxLength(16_000))),
  productType: v.optional(v.picklist(["PHYSICAL", "DIGITAL"])),
  physicalProperties: v.optional(
    carriedObject({ shippingWeightRange: IGNORED }),
  ),
  options: v.optional(v.pipe(v.array(OPTION), v.maxLength(6))),
  variantsInfo: v.optional(
    v.object({
      variants: v.pipe(v.array(VARIANT), v.minLength(1), v.maxLength(1000)),
    }),
  ),
});

/** A product in a request. */
export type SentProduct = v.InferOutput<typeof PRODUCT>;
/** A variant in a request. */
export type SentVariant = NonNullable<
  SentProduct["variantsInfo"]
>["variants"][number];

/** The product in a request; throws when local Wix cannot keep it. */
export function readProduct(
  sent: unknown,
  { withInventory } = { withInventory: false },
): SentProduct {
  const product = validate(PRODUCT as Schema<SentProduct>, sent, "product");
  // A download needs a file, and local Wix keeps none.
  if (product.productType === "DIGITAL") {
    throw unsupportedField("product.productType: DIGITAL");
  }
  const { variants = [] } = product.variantsInfo ?? {};
  if (variants.some(({ visible }) => visible === false)) {
    throw unsupportedField("product.variantsInfo.variants.visible: false");
  }
  if (!withInventory && variants.some(({ inventoryItem }) => inventoryItem)) {
    const field = "product.variantsInfo.variants.inventoryItem";
    throw invalidField(field, "This call does not change the stock");
  }
  const weights = variants.map(({ physicalProperties: { weight } }) => weight);
  if (new Set(weights).size > 1) {
    const field = "variantsInfo.variants.physicalProperties.weight";
    throw unsupportedField(`product.${field} that differs`);
  }
  return product;
}
