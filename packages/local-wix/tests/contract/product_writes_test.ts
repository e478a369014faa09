/** Products that an app creates, changes and deletes, and what shops make of it. */
import { assert, assertEquals } from "@std/assert";
import { categories } from "@wix/categories";
import { cartV2, currentCartV2, orders } from "@wix/ecom";
import { redirects } from "@wix/redirects";
import { inventoryItemsV3, productsV3 } from "@wix/stores";
import { guid } from "../../src/mod.ts";
import { STORES_APP_ID } from "../../src/stores/catalog.ts";
import { assertWixError, it, type Site } from "../helpers/site.ts";
import { each, type Loose, outcome } from "./rows.ts";
import { checkoutPage, GUEST, MUG, order } from "./shop.ts";

const modules = {
  cartV2,
  categories,
  currentCartV2,
  inventoryItemsV3,
  orders,
  productsV3,
  redirects,
};
const admin = (site: Site): Loose => site.admin(modules);
const visitor = (site: Site): Loose => site.visitor(modules);

const choice = (optionName: string, choiceName: string) => ({
  optionChoiceNames: { optionName, choiceName, renderType: "TEXT_CHOICES" },
});
const variant = (size: string, amount: string, changes: object = {}) => ({
  choices: [choice("Size", size)],
  price: { actualPrice: { amount } },
  physicalProperties: { weight: 0.2 },
  ...changes,
});
const SIZE = {
  name: "Size",
  optionRenderType: "TEXT_CHOICES",
  choicesSettings: {
    choices: ["S", "L"].map((name) => ({ name, choiceType: "CHOICE_TEXT" })),
  },
};
const TRAY = {
  name: "Birch tray",
  plainDescription: "<p>Light, and washable.</p>",
  productType: "PHYSICAL",
  physicalProperties: {},
  options: [SIZE],
  variantsInfo: {
    variants: [variant("S", "18.00"), variant("L", "24.50", { sku: "TRY-L" })],
  },
};
const withVariants = (...variants: object[]) => ({
  ...TRAY,
  variantsInfo: { variants },
});

it.local("a new product is found, chosen by its options, bought and in the order, all with the SDK", async (site) => {
  const shop = admin(site);
  const { product: made } = await shop.productsV3.createProductWithInventory(
    withVariants(
      variant("S", "18.00", { inventoryItem: { inStock: true } }),
      variant("L", "24.50", { sku: "TRY-L", inventoryItem: { quantity: 2 } }),
    ),
  );
  assertEquals([made.slug, made.revision], ["birch-tray", "1"]);
  const client = visitor(site);
  const { items } = await client.productsV3.queryProducts().find();
  const listed = items.find(({ _id }: Loose) => _id === made._id);
  assertEquals(listed.variantsInfo, undefined);
  const { categoryId } = await client.productsV3.getAllProductsCategory();
  const item = { appId: STORES_APP_ID, catalogItemId: made._id };
  const treeReference = { appNamespace: "@wix/stores" };
  const { directCategoryIds } = await client.categories
    .listCategoriesForItem(item, { treeReference });
  assertEquals(directCategoryIds, [categoryId]);

  const { product } = await client.productsV3.getProductBySlug(listed.slug, {
    fields: ["PLAIN_DESCRIPTION", "CURRENCY"],
  });
  assertEquals(product.plainDescription, "<p>Light, and washable.</p>");
  const [size] = product.options;
  const large = size.choicesSettings.choices.find(({ name }: Loose) =>
    name === "L"
  );
  // Products share options and choices of the same name.
  const apron = await client.productsV3.getProduct(guid("product", 2));
  assertEquals(size._id, apron.options[0]._id);
  const chosen = product.variantsInfo.variants.find(({ choices }: Loose) =>
    choices.every(({ optionChoiceIds: { optionId, choiceId } }: Loose) =>
      optionId === size._id && choiceId === large.choiceId
    )
  );
  assertEquals(chosen.price.actualPrice.formattedAmount, "$24.50");
  const options = { variantId: chosen._id };
  const { cart } = await client.currentCartV2.addLineItemsToCurrentCart({
    catalogItems: [{ catalogReference: { ...item, options }, quantity: 2 }],
  });
  const url = await order(await checkoutPage(client, cart._id), GUEST);
  const placed = await client.orders.getOrder(url.searchParams.get("orderId"));
  const [line] = placed.lineItems;
  assertEquals(line.catalogReference.options, options);
  assertEquals(line.descriptionLines[0].plainText.original, "L");
  assertEquals([line.physicalProperties.sku, line.quantity], ["TRY-L", 2]);
  assertEquals(placed.priceSummary.subtotal.amount, "49.00");
  const { items: stock } = await shop.inventoryItemsV3.queryInventoryItems()
    .eq("variantId", chosen._id).find();
  assertEquals(stock[0].quantity, 0);
});

it.local("changed variants keep their ids and stock; a deleted one is removed", async (site) => {
  const { productsV3: api } = admin(site);
  const mug = await api.getProduct(guid("product", 1), {
    fields: ["VARIANT_OPTION_CHOICE_NAMES"],
  });
  const { options, variantsInfo: { variants } } = mug;
  const [moss, ...others] = variants;
  const price = { actualPrice: { amount: "16.00" } };
  const changed = await api.updateProduct(mug._id, {
    revision: mug.revision,
    slug: "tin-mug",
    options,
    variantsInfo: { variants: [{ ...moss, price }, ...others.slice(1)] },
  });
  const { actualPriceRange: { minValue, maxValue }, variantsInfo } = changed;
  assertEquals([minValue.amount, maxValue.amount], ["14.50", "16.00"]);
  assertEquals(variantsInfo.variants[0]._id, moss._id);
  assertEquals(variantsInfo.variants.length, 2);
  const item = await admin(site).inventoryItemsV3
    .getInventoryItem(guid("inventoryItem", 1));
  assertEquals(item.variantId, moss._id);
  const client = visitor(site);
  const { cart } = await client.currentCartV2.addLineItemsToCurrentCart({
    catalogItems: [MUG],
  });
  assertEquals(cart.lineItems[0].pricing.unitPrice.amount, "16.00");
  await api.deleteProduct(mug._id);
  const read = () => client.productsV3.getProductBySlug("tin-mug");
  await assertWixError(read, 404, "PRODUCT_NOT_FOUND");
  const { cart: left } = await client.currentCartV2.getCurrentCart();
  assertEquals(left.lineItems[0].status, "REMOVED_FROM_CATALOG");
  await assertWixError(() => api.deleteProduct(mug._id), 404);
});

const create = (product: object) => (api: Loose) => api.createProduct(product);

// deno-fmt-ignore -- a table
each([
  ["without a name", create({ ...TRAY, name: undefined }), "400 product.name"],
  ["without variants", create({ ...TRAY, variantsInfo: undefined }), "400 product.variantsInfo"],
  ["with a choice that its option lacks", create(withVariants(variant("M", "1"))), "400 VARIANTS_ARE_NOT_ALIGNED_WITH_PRODUCT"],
  ["with a variant without a choice", create(withVariants(variant("S", "1", { choices: [] }))), "400 VARIANTS_ARE_NOT_ALIGNED_WITH_PRODUCT"],
  ["with two variants of one choice", create(withVariants(variant("S", "1"), variant("S", "2"))), "400 VARIANTS_ARE_NOT_ALIGNED_WITH_PRODUCT"],
  ["with a price that is no amount", create(withVariants(variant("S", "-1"))), "400 product.variantsInfo.variants[0].price.actualPrice.amount"],
  ["with a slug that is taken", create({ ...TRAY, slug: "enamel-mug" }), "409 DUPLICATE_SLUG_ERROR"],
  ["with a SKU that is taken", create(withVariants(variant("S", "1", { sku: "MUG-1" }))), "409 SKU_ALREADY_EXIST_ERROR"],
  ["with stock, in the call without", create(withVariants(variant("S", "1", { inventoryItem: { quantity: 1 } }))), "400 product.variantsInfo.variants.inventoryItem"],
  ["to download", create({ ...TRAY, productType: "DIGITAL" }), "501 NOT_IMPLEMENTED_LOCALLY"],
  ["with a brand", create({ ...TRAY, brand: { name: "Own" } }), "501 NOT_IMPLEMENTED_LOCALLY"],
  ["with markup in its description", create({ ...TRAY, plainDescription: "<b>New</b>" }), "501 NOT_IMPLEMENTED_LOCALLY"],
  ["that differ in weight", create(withVariants(variant("S", "1"), variant("L", "1", { physicalProperties: { weight: 9 } }))), "501 NOT_IMPLEMENTED_LOCALLY"],
], "[assumed] a product $0 is $2, and not made", async (site, _, call) => {
  const { productsV3: api } = admin(site);
  const count = async () => (await api.countProducts()).count;
  const before = await count();
  const said = await outcome(() => call(api));
  assertEquals(await count(), before);
  return said;
});

// deno-fmt-ignore -- a table
each([
  ["createProduct()", create(TRAY), "403 PERMISSION_DENIED"],
  ["createProductWithInventory()", (api) => api.createProductWithInventory(TRAY), "403 PERMISSION_DENIED"],
  ["updateProduct()", (api) => api.updateProduct(guid("product", 1), { revision: "1", name: "x" }), "403 PERMISSION_DENIED"],
  ["deleteProduct()", (api) => api.deleteProduct(guid("product", 1)), "403 PERMISSION_DENIED"],
], "$0 is not for visitors: $2", (site, _, call) => call(visitor(site).productsV3));

const GIFT_WRAP = {
  name: { original: "Gift wrap" },
  quantityInfo: { requestedQuantity: 2 },
  pricing: { price: { amount: "3.50" }, fullPrice: { amount: "4.00" } },
  attributes: {
    descriptionLines: [{
      name: { original: "Paper" },
      plainText: { original: "Green" },
    }],
    itemType: { preset: "PHYSICAL" },
    physicalProperties: { sku: "WRAP", weight: 0.1, shippable: true },
  },
};

it.local("an app adds custom items to a cart, each a line of its own, and they are in the order", async (site) => {
  const client = visitor(site);
  const { cart } = await client.currentCartV2.addLineItemsToCurrentCart({
    catalogItems: [MUG],
  });
  const { cartV2: api } = admin(site);
  const customItems = [GIFT_WRAP, GIFT_WRAP];
  await api.addLineItems(cart._id, { customItems });
  const { cart: full } = await client.currentCartV2.getCurrentCart();
  assertEquals(full.subtotal.amount, "28.50");
  const [mug, wrap, ...more] = full.lineItems;
  assertEquals([mug.customLineItem, wrap.customLineItem], [false, true]);
  assertEquals(more.length, 1);
  assertEquals(wrap.source, {});
  assertEquals(wrap.pricing.breakdown.fullPrice.amount, "4.00");
  const url = await order(await checkoutPage(client, cart._id), GUEST);
  const placed = await client.orders.getOrder(url.searchParams.get("orderId"));
  const [, line] = placed.lineItems;
  assertEquals(line.productName.original, "Gift wrap");
  assertEquals(line.descriptionLines[0].plainText.original, "Green");
  assert(!("catalogReference" in line));
  assertEquals([line.quantity, line.physicalProperties.sku], [2, "WRAP"]);
});

const few = {
  ...GIFT_WRAP,
  quantityInfo: { requestedQuantity: 2, availableQuantity: 1 },
};
const custom = (changes: object) => ({ ...GIFT_WRAP, ...changes });
// deno-fmt-ignore -- a table
each([
  ["without a name", custom({ name: undefined }), "400 customItems[0].name"],
  ["without a price", custom({ pricing: {} }), "400 customItems[0].pricing.price"],
  ["of which there is less", few, "428 INSUFFICIENT_INVENTORY"],
  ["with a deposit", custom({ paymentConfig: { paymentOption: "DEPOSIT_ONLINE" } }), "501 NOT_IMPLEMENTED_LOCALLY"],
  ["with a reference to a catalog", custom({ source: { catalogReference: MUG.catalogReference } }), "501 NOT_IMPLEMENTED_LOCALLY"],
], "a custom item $0 is $2", (site, _, item) => admin(site).cartV2.createCart({ customItems: [item] }));

it.local("[assumed] a visitor adds no custom items", async (site) => {
  const { currentCartV2: api } = visitor(site);
  const add = () => api.addLineItemsToCurrentCart({ customItems: [GIFT_WRAP] });
  await assertWixError(add, 403, "PERMISSION_DENIED");
});
