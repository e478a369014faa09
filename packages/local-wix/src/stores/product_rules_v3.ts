/**
 * What queries and searches may do with products, as the SDK declares it, in the
 * field names of the REST API.
 *
 * @module
 */
import { comparable } from "../query/filter.ts";
import type { ListRules } from "../query/list.ts";

/** The SDK's `V3ProductQuerySpec`. */
export const QUERY_RULES: ListRules = {
  filter: {
    ...comparable(
      "id",
      "handle",
      "createdDate",
      "updatedDate",
      "slug",
      "visible",
    ),
    "options.id": ["$hasAll", "$hasSome"],
  },
  sort: ["createdDate", "updatedDate", "slug", "visible"],
  sizes: { max: 100, otherwise: 100 },
};

const LISTS = [
  "additionalRibbons.id",
  "additionalRibbons.name",
  "infoSections.id",
  "infoSections.uniqueName",
  "modifiers.id",
  "modifiers.choicesSettings.choices.choiceId",
  "modifiers.choicesSettings.choices.name",
  "modifiers.name",
  "options.id",
  "options.choicesSettings.choices.choiceId",
  "options.choicesSettings.choices.name",
  "options.name",
  "tags.privateTags.tagIds",
  "tags.publicTags.tagIds",
];

const UNSORTED = [
  "id",
  "brand.id",
  "brand.name",
  "handle",
  "importId",
  "inventory.availabilityStatus",
  "inventory.preorderAvailability",
  "inventory.preorderStatus",
  "physicalProperties.deliveryProfileId",
  "physicalProperties.fulfillerId",
  "productType",
  "ribbon.id",
  "ribbon.name",
  "slug",
  "subscriptionDetails.allowOneTimePurchases",
  "taxGroupId",
  "visible",
  "visibleInPos",
];

const SORTED = [
  "createdDate",
  "updatedDate",
  "actualPriceRange.maxValue.amount",
  "actualPriceRange.minValue.amount",
  "compareAtPriceRange.maxValue.amount",
  "compareAtPriceRange.minValue.amount",
  "minVariantPriceInfo.sku",
  "name",
  "physicalProperties.shippingWeightRange.maxValue",
  "physicalProperties.shippingWeightRange.minValue",
];

/** The SDK's `V3ProductSearchSpec`. */
export const SEARCH_RULES: ListRules = {
  filter: {
    "allCategoriesInfo.categories": ["$matchItems"],
    "directCategoriesInfo.categories": ["$matchItems"],
    "variantsInfo.variants": ["$matchItems"],
    ...Object.fromEntries(LISTS.map((name) => [name, ["$hasAll", "$hasSome"]])),
    ...comparable(...UNSORTED, ...SORTED),
  },
  sort: SORTED,
  sizes: { max: 100, otherwise: 100 },
  searchable: {
    name: "name",
    description: "plainDescription",
    "directCategoryIdsInfo.categoryIds": "directCategoriesInfo.categories.id",
    "minVariantPriceInfo.sku": "minVariantPriceInfo.sku",
    "physicalProperties.deliveryProfileId":
      "physicalProperties.deliveryProfileId",
    "variantsInfo.variants.barcode": "variantsInfo.variants.barcode",
    "variantsInfo.variants.sku": "variantsInfo.variants.sku",
  },
  aggregatable: [
    ...LISTS,
    ...UNSORTED,
    ...SORTED,
    ...["allCategoriesInfo", "directCategoriesInfo"].flatMap((name) => [
      `${name}.categories.id`,
      `${name}.categories.index`,
    ]),
    "variantsInfo.variants.barcode",
    "variantsInfo.variants.choices.optionChoiceIds.choiceId",
    "variantsInfo.variants.choices.optionChoiceIds.optionId",
    "variantsInfo.variants.physicalProperties.weight",
    "variantsInfo.variants.price.actualPrice.amount",
    "variantsInfo.variants.price.compareAtPrice.amount",
    "variantsInfo.variants.sku",
    "variantsInfo.variants.visible",
  ],
};
