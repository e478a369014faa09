import {
  allCategories,
  type Category,
  directCategories,
  mainCategory,
  pathTo,
} from "../categories/category.ts";
import { decimal, HOME_MARKET } from "../shop/money.ts";
import type { Catalog } from "./catalog.ts";
import {
  type CatalogProduct,
  type CatalogVariant,
  type Modifier,
  pageUrl,
  type ProductOption,
} from "./product.ts";
import { richContent } from "./rich_content.ts";
import {
  choicesOf,
  choiceValue,
  freeText,
  inventoryStatus,
  mediaItem,
  priceRange,
  renderType,
  variantPrice,
} from "./view_parts_v3.ts";

/** What a product has only when a request asks for it. */
export const PRODUCT_FIELDS = [
  "URL",
  "CURRENCY",
  "INFO_SECTION",
  "INFO_SECTION_DESCRIPTION",
  "INFO_SECTION_PLAIN_DESCRIPTION",
  "DESCRIPTION",
  "PLAIN_DESCRIPTION",
  "THUMBNAIL",
  "MEDIA_ITEMS_INFO",
  "BREADCRUMBS_INFO",
  "DIRECT_CATEGORIES_INFO",
  "ALL_CATEGORIES_INFO",
  "VARIANT_OPTION_CHOICE_NAMES",
  "WEIGHT_MEASUREMENT_UNIT_INFO",
  "MIN_PRICE_VARIANT",
  "MERCHANT_DATA",
  // The shop has no subscriptions, automatic discounts or pictures of choices.
  "SUBSCRIPTION_PRICES_INFO",
  "DISCOUNT_INFO",
  "PRODUCT_CHOICES_MEDIA_REFERENCES",
  "PRODUCT_CHOICES_DISPLAY_IMAGE",
] as const;

/** One of them. */
export type ProductField = (typeof PRODUCT_FIELDS)[number];

/** The shop that a view is about, and how much of a product it shows. */
export interface ViewOptions {
  readonly catalog: Catalog;
  readonly categories: readonly Category[];
  readonly fields: readonly ProductField[];
  /** Products in lists have no variants. */
  readonly isListed?: boolean;
}

/** `product` as catalog version 3 has it. */
export function productView(product: CatalogProduct, options: ViewOptions) {
  const { catalog, categories, fields, isListed = false } = options;
  const { id, slug, images, variants, currency } = product;
  const has = (field: ProductField) => fields.includes(field);
  const direct = directCategories(id, categories);
  const main = mainCategory(id, categories);
  const media = images.map((image) => mediaItem(image, has("THUMBNAIL")));
  const { base, path } = pageUrl(product);
  const cheapest = cheapestVariant(product);
  const compared = variants.flatMap(({ compareAtPrice }) =>
    compareAtPrice ?? []
  );
  return {
    id,
    revision: String(product.revision),
    createdDate: product.createdDate,
    updatedDate: product.lastUpdated,
    name: product.name,
    slug,
    handle: slug,
    visible: product.visible,
    visibleInPos: product.visible,
    productType: product.kind === "PHYSICAL" ? "PHYSICAL" : "DIGITAL",
    ...(has("CURRENCY") && { currency: currency ?? HOME_MARKET.currency }),
    ...(has("URL") && { url: { relativePath: `/${path}`, url: base + path } }),
    ...(has("PLAIN_DESCRIPTION") &&
      { plainDescription: `<p>${product.description}</p>` }),
    ...(has("DESCRIPTION") &&
      { description: richContent(product.description) }),
    media: {
      ...(media[0] && { main: media[0] }),
      ...(has("MEDIA_ITEMS_INFO") && { itemsInfo: { items: media } }),
    },
    ...(main && { mainCategoryId: main.id }),
    ...(has("DIRECT_CATEGORIES_INFO") &&
      { directCategoriesInfo: categoriesInfo(id, direct) }),
    ...(has("ALL_CATEGORIES_INFO") && {
      allCategoriesInfo: categoriesInfo(id, allCategories(id, categories)),
    }),
    ...(has("BREADCRUMBS_INFO") && {
      breadcrumbsInfo: {
        breadcrumbs: (main ? pathTo(main, categories) : []).map((category) => ({
          categoryId: category.id,
          categoryName: category.name,
          categorySlug: category.slug,
        })),
      },
    }),
    options: product.options.map((option) =>
      optionView(option, product, catalog)
    ),
    modifiers: product.modifiers.map((modifier) =>
      modifierView(modifier, currency)
    ),
    ...(product.brand && { brand: product.brand }),
    ...(product.ribbon && { ribbon: product.ribbon }),
    additionalRibbons: [],
    ...(has("INFO_SECTION") && {
      infoSections: product.infoSections.map(({ text, ...section }) => ({
        ...section,
        ...(has("INFO_SECTION_PLAIN_DESCRIPTION") &&
          { plainDescription: `<p>${text}</p>` }),
        ...(has("INFO_SECTION_DESCRIPTION") &&
          { description: richContent(text) }),
      })),
    }),
    ...(product.kind === "PHYSICAL" && {
      physicalProperties: {
        shippingWeightRange: {
          minValue: product.weight,
          maxValue: product.weight,
        },
        ...(has("WEIGHT_MEASUREMENT_UNIT_INFO") && {
          weightMeasurementUnitInfo: { weightMeasurementUnit: "KG" } as const,
        }),
      },
    }),
    actualPriceRange: priceRange(
      variants.map(({ unitPrice }) => unitPrice),
      fields,
      currency,
    ),
    ...(compared.length > 0 &&
      { compareAtPriceRange: priceRange(compared, fields, currency) }),
    inventory: {
      availabilityStatus: availability(variants, catalog),
      preorderStatus: "DISABLED",
      preorderAvailability: "NO_VARIANTS",
    },
    ...(!isListed && {
      variantsInfo: {
        variants: variants.map((variant) =>
          variantView(variant, product, options)
        ),
      },
    }),
    variantSummary: {
      variantCount: variants.length,
      ...(isListed && has("MIN_PRICE_VARIANT") &&
        { minPriceVariant: variantView(cheapest, product, options) }),
    },
    seoData: {
      tags: product.seoTags ?? [],
      settings: { preventAutoRedirect: false },
    },
    tags: { publicTags: { tagIds: [] } },
    extendedFields: { namespaces: {} },
  } as const;
}

/** The variant whose price a list shows: of equal ones the first. */
export function cheapestVariant({ variants }: CatalogProduct): CatalogVariant {
  return variants.reduce((a, b) => b.unitPrice < a.unitPrice ? b : a);
}

/** A variant as a part of its product. */
function variantView(
  variant: CatalogVariant,
  product: CatalogProduct,
  { catalog, fields }: ViewOptions,
) {
  return {
    id: variant.id,
    visible: true,
    sku: variant.sku,
    choices: choicesOf(
      variant,
      product,
      fields.includes("VARIANT_OPTION_CHOICE_NAMES"),
    ),
    price: variantPrice(variant, fields),
    inventoryStatus: inventoryStatus(variant, catalog),
    ...(product.kind === "PHYSICAL" &&
      { physicalProperties: { weight: product.weight } }),
  };
}

function availability(variants: readonly CatalogVariant[], catalog: Catalog) {
  const inStock = variants.filter((variant) => catalog.left(variant) !== 0);
  if (inStock.length === variants.length) return "IN_STOCK";
  return inStock.length > 0 ? "PARTIALLY_OUT_OF_STOCK" : "OUT_OF_STOCK";
}

function categoriesInfo(productId: string, categories: readonly Category[]) {
  return {
    categories: categories.map(({ id, places }) => {
      const index = places.get(productId);
      return index === undefined ? { id } : { id, index };
    }),
  };
}

function optionView(
  { id, name, type, choices }: ProductOption,
  { variants }: CatalogProduct,
  catalog: Catalog,
) {
  return {
    id,
    name,
    key: name,
    optionRenderType: renderType(type),
    choicesSettings: {
      choices: choices.map(({ id: choiceId, description, value }) => ({
        choiceId,
        ...choiceValue(type, value),
        key: description,
        name: description,
        inStock: catalog.isInStock(
          variants.filter(({ choices }) => choices[name] === description),
        ),
        visible: true,
      } as const)),
    },
  };
}

function modifierView(modifier: Modifier, currency = HOME_MARKET.currency) {
  const { id, name, mandatory, choices } = modifier;
  const shared = { id, name, key: name, mandatory };
  return choices
    ? {
      ...shared,
      modifierRenderType: "TEXT_CHOICES",
      choicesSettings: {
        choices: choices.map((choice) => ({
          choiceId: choice.id,
          choiceType: "CHOICE_TEXT",
          key: choice.name,
          name: choice.name,
          addedPrice: decimal(choice.addedPrice, currency),
        } as const)),
      },
    } as const
    : {
      ...shared,
      modifierRenderType: "FREE_TEXT",
      freeTextSettings: freeText(modifier),
    } as const;
}
