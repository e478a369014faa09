import * as v from "valibot";
import type { Call } from "../call.ts";
import { applicationError, unsupportedField } from "../http/errors.ts";
import { definedOnly } from "../http/json.ts";
import { requiredText, validate } from "../http/validate.ts";
import type { NewId } from "../ids.ts";
import type { Catalog } from "./catalog.ts";
import {
  type CatalogProduct,
  type CatalogVariant,
  descriptionLine,
  type ProductOption,
  slugify,
} from "./product.ts";
import {
  readProduct,
  type SentProduct,
  type SentVariant,
} from "./sent_product_v3.ts";

const NEEDED = v.object({
  name: requiredText,
  productType: requiredText,
  physicalProperties: v.object({}),
  variantsInfo: v.object({}),
});

/** A product that is not kept yet. */
export function newProduct(
  call: Call,
  sent: unknown,
  options?: { readonly withInventory: boolean },
): CatalogProduct {
  const { backend: { isoNow, newId, store } } = call;
  const product = readProduct(sent, options);
  validate(NEEDED, sent, "product");
  const { name = "" } = product;
  const numbers = store.catalog.products.map(({ number }) => number);
  const empty = {
    id: newId(),
    number: numbers.reduce((a, b) => Math.max(a, b), 0) + 1,
    slug: "",
    sku: "",
    name,
    description: "",
    unitPrice: 0,
    kind: "PHYSICAL",
    visible: true,
    revision: 0,
    weight: 0,
    images: [],
    options: [],
    modifiers: [],
    infoSections: [],
    createdDate: isoNow,
    lastUpdated: isoNow,
  } as const;
  const slug = freeSlug(store.catalog, slugify(name) || "product");
  return changedProduct(call, empty, { slug, options: [], ...product });
}

/** A product that may have no variants yet. */
type Unfinished = Omit<CatalogProduct, "variants"> & Partial<CatalogProduct>;

/** `present` with what is sent, as its next revision. */
export function changedProduct(
  { backend }: Call,
  present: Unfinished,
  { options, variantsInfo, plainDescription, ...sent }: Partial<SentProduct>,
): CatalogProduct {
  const { isoNow: lastUpdated, newId, store: { catalog } } = backend;
  const { name, slug, visible } = sent;
  const isTaken = catalog.products.some((other) =>
    other.slug === slug && other.id !== present.id
  );
  if (isTaken) {
    const text = "Another product has this slug";
    throw applicationError(409, "DUPLICATE_SLUG_ERROR", text, { slug });
  }
  const product = {
    ...present,
    ...definedOnly({ name, slug, visible }),
    ...(plainDescription !== undefined &&
      { description: textOfHtml(plainDescription) }),
    revision: present.revision + 1,
    lastUpdated,
  };
  const { variants } = present;
  if (!options && !variantsInfo && variants) return { ...product, variants };
  const known = catalog.products.flatMap((other) => other.options);
  const own = (options ?? []).map((option) => optionIn(option, known, newId));
  const [first, ...more] = (variantsInfo?.variants ?? []).map((variant) =>
    variantIn(variant, own, variants ?? [], newId)
  );
  if (!first || !areAligned([first, ...more], own)) throw misaligned();
  refuseTakenSkus([first, ...more], catalog, present.id);
  return {
    ...product,
    options: own,
    variants: [first, ...more],
    sku: first.sku,
    unitPrice: first.unitPrice,
    weight: variantsInfo?.variants[0]?.physicalProperties.weight ?? 0,
  };
}

/** The text of HTML without markup, or in one paragraph. */
function textOfHtml(html: string): string {
  const text = /^<p>(.*)<\/p>$/s.exec(html)?.[1] ?? html;
  if (!/[<&]/.test(text)) return text;
  throw unsupportedField("product.plainDescription with markup");
}

/** Products share options of one name, and their choices. */
function optionIn(
  { name, optionRenderType, choicesSettings }: NonNullable<
    SentProduct["options"]
  >[number],
  known: readonly ProductOption[],
  newId: NewId,
): ProductOption {
  const same = known.filter((option) => option.name === name);
  const type = optionRenderType === "SWATCH_CHOICES" ? "color" : "drop_down";
  return {
    id: same[0]?.id ?? newId(),
    name,
    type,
    choices: choicesSettings.choices.map(({ name, colorCode = "#000000" }) => {
      const [red, green, blue] = [1, 3, 5].map((at) =>
        parseInt(colorCode.slice(at, at + 2), 16)
      );
      return {
        id: same.flatMap(({ choices }) => choices)
          .find(({ description }) => description === name)?.id ?? newId(),
        description: name,
        value: type === "color" ? `rgb(${red},${green},${blue})` : name,
      };
    }),
  };
}

function variantIn(
  { id, sku, choices, price, inventoryItem }: SentVariant,
  options: readonly ProductOption[],
  present: readonly CatalogVariant[],
  newId: NewId,
): CatalogVariant {
  const before = present.find((variant) => variant.id === id);
  const chosen = Object.fromEntries(
    choices.map(({ optionChoiceNames: { optionName, choiceName } }) => [
      optionName,
      choiceName,
    ]),
  );
  const { quantity, inStock = false } = inventoryItem ?? {};
  const { actualPrice, compareAtPrice } = price;
  return {
    id: before?.id ?? newId(),
    inventoryItemId: before?.inventoryItemId ?? newId(),
    sku: sku ?? "",
    unitPrice: actualPrice.amount,
    ...(compareAtPrice && { compareAtPrice: compareAtPrice.amount }),
    choices: chosen,
    descriptionLines: options.flatMap((option) => {
      const choice = option.choices.find(({ description }) =>
        description === chosen[option.name]
      );
      return choice ? [descriptionLine(option, choice)] : [];
    }),
    stock: before ? before.stock : quantity ?? (inStock ? null : 0),
  };
}

/** Whether each variant has a choice of each option, and another one each. */
function areAligned(
  variants: readonly CatalogVariant[],
  options: readonly ProductOption[],
): boolean {
  const combinations = variants.map(({ choices }) =>
    JSON.stringify(options.map(({ name }) => choices[name]))
  );
  return new Set(combinations).size === variants.length &&
    variants.every(({ choices, descriptionLines }) =>
      Object.keys(choices).length === options.length &&
      descriptionLines.length === options.length
    );
}

/**
 * UNDOCUMENTED: the statuses of the errors that writes declare. Here 409 for a
 * slug or SKU that is taken, and 400 for variants that do not fit the options.
 */
function misaligned() {
  return applicationError(
    400,
    "VARIANTS_ARE_NOT_ALIGNED_WITH_PRODUCT",
    "Each variant needs one choice per option, different from other variants",
  );
}

function refuseTakenSkus(
  variants: readonly CatalogVariant[],
  catalog: Catalog,
  productId: string,
): void {
  const others = catalog.products.filter(({ id }) => id !== productId)
    .flatMap((product) => product.variants);
  const skus = [...others, ...variants].flatMap(({ sku }) => sku || []);
  const taken = variants.find(({ sku }) =>
    skus.indexOf(sku) !== skus.lastIndexOf(sku)
  );
  if (!taken) return;
  const { sku } = taken;
  const text = "Another variant has this SKU";
  throw applicationError(409, "SKU_ALREADY_EXIST_ERROR", text, { sku });
}

function freeSlug(catalog: Catalog, base: string): string {
  const taken = catalog.products.map(({ slug }) => slug);
  let slug = base;
  for (let number = 1; taken.includes(slug); number++) {
    slug = `${base}-${number}`;
  }
  return slug;
}
