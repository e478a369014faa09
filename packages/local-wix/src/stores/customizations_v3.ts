import * as v from "valibot";
import type { Call, Route } from "../call.ts";
import { notFound } from "../http/errors.ts";
import { textsIn } from "../http/json.ts";
import { readPayload, readQuery } from "../http/request.ts";
import { reply } from "../http/response.ts";
import { validate } from "../http/validate.ts";
import { EVERYONE } from "../identity/identity.ts";
import { comparable } from "../query/filter.ts";
import { listPage, type ListRules } from "../query/list.ts";
import { decimal, HOME_MARKET } from "../shop/money.ts";
import type { CatalogProduct, Modifier, ProductOption } from "./product.ts";
import { allowWithCatalog } from "./catalog_version.ts";
import { choiceValue, freeText, renderType } from "./view_parts_v3.ts";
import { visibleProducts } from "./visible_products.ts";

const CUSTOMIZATIONS = "/stores/v3/customizations";

/** The options and modifiers that products share. */
export const CUSTOMIZATION_V3_ROUTES: readonly Route[] = allowWithCatalog(
  "v3",
  EVERYONE,
  {
    [`GET ${CUSTOMIZATIONS}/query`]: queryCustomizations,
    [`POST ${CUSTOMIZATIONS}/query`]: queryCustomizations,
    [`GET ${CUSTOMIZATIONS}/{id}`]: getCustomization,
  },
);

/** The SDK's `CustomizationQuerySpec`, in the field names of the REST API. */
const QUERY_RULES: ListRules = {
  filter: comparable(
    "createdDate",
    "id",
    "updatedDate",
    "name",
    "customizationRenderType",
    "customizationType",
  ),
  sort: ["createdDate", "id", "updatedDate", "name"],
  sizes: { max: 100, otherwise: 100 },
};

// The choices of the shop have no pictures.
const FIELDS = v.array(
  v.picklist(["ASSIGNED_PRODUCTS_COUNT", "CHOICE_DISPLAY_IMAGE"]),
);

async function queryCustomizations(call: Call): Promise<Response> {
  const { query, fields } = await readPayload(call.request);
  const records = customizationsFor(call);
  const { items, pagingMetadata } = listPage(records, query, QUERY_RULES);
  const customizations = withFields(call, items, fields);
  return reply({ customizations, pagingMetadata });
}

function withFields<T extends { readonly id: string }>(
  call: Call,
  items: readonly T[],
  sent: unknown,
) {
  const isCounted = validate(FIELDS, textsIn(sent), "fields")
    .includes("ASSIGNED_PRODUCTS_COUNT");
  return items.map((item) => ({
    ...item,
    ...(isCounted && { assignedProductsCount: countProducts(call, item.id) }),
  }));
}

function countProducts(call: Call, id: string): number {
  return visibleProducts(call).filter(({ options, modifiers }) =>
    [...options, ...modifiers].some((customization) => customization.id === id)
  ).length;
}

/** UNDOCUMENTED: the code of a missing customization. Here CUSTOMIZATION_NOT_FOUND. */
function getCustomization(call: Call): Response {
  const { id } = call.params;
  const found = customizationsFor(call).filter((one) => one.id === id);
  const { fields } = readQuery(call.url);
  const [customization] = withFields(call, found, fields);
  if (customization) return reply({ customization });
  throw notFound("CUSTOMIZATION_NOT_FOUND", "Customization not found");
}

function customizationsFor(call: Call) {
  const products = visibleProducts(call);
  return [
    ...new Map(
      products.flatMap((product) =>
        product.options.map((option) =>
          [option.id, optionView(option, products)] as const
        )
      ),
    ).values(),
    ...products.flatMap(({ modifiers }) => modifiers.map(modifierView)),
  ];
}

const SHARED = {
  revision: "1",
  createdDate: "2024-01-01T00:00:00.000Z",
  updatedDate: "2024-01-01T00:00:00.000Z",
};

/** An option with the choices of all products that have it. */
export function optionView(
  { id, name, type }: ProductOption,
  products: readonly CatalogProduct[],
) {
  const choices = products.flatMap(({ options }) =>
    options.filter((option) => option.id === id).flatMap(({ choices }) =>
      choices
    )
  );
  const distinct = new Map(choices.map((choice) => [choice.id, choice]));
  return {
    ...SHARED,
    id,
    key: name,
    name,
    customizationType: "PRODUCT_OPTION",
    customizationRenderType: renderType(type),
    choicesSettings: {
      choices: [...distinct.values()].map(({ id, description, value }) => ({
        id,
        ...choiceValue(type, value),
        key: description,
        name: description,
      })),
    },
  } as const;
}

/** A modifier by itself. */
export function modifierView(modifier: Modifier) {
  const { id, name, choices } = modifier;
  return {
    ...SHARED,
    id,
    key: name,
    name,
    customizationType: "MODIFIER",
    ...(choices
      ? {
        customizationRenderType: "TEXT_CHOICES",
        choicesSettings: {
          choices: choices.map((choice) => ({
            id: choice.id,
            choiceType: "CHOICE_TEXT",
            key: choice.name,
            name: choice.name,
            defaultAddedPrice: decimal(choice.addedPrice, HOME_MARKET.currency),
          } as const)),
        },
      } as const
      : {
        customizationRenderType: "FREE_TEXT",
        freeTextInput: freeText(modifier),
      } as const),
  } as const;
}
