/** Wix's own storefront components, unchanged. */
import { assert, assertEquals } from "@std/assert";
import { loadCurrentCartServiceConfig } from "@wix/ecom/services";
import { currentCart } from "@wix/ecom";
import {
  loadCategoriesListServiceConfig,
  loadProductServiceConfig,
  loadProductsListServiceConfig,
} from "@wix/stores/services";
import { it } from "../helpers/site.ts";
import { MUG, pieces } from "./shop.ts";

it.local(
  "Wix's storefront components load list, product, categories and cart",
  async (site) => {
    const client = site.visitor({ currentCart });
    // It is the client of this whole process from here on.
    client.enableContext("module");
    const { categories } = await loadCategoriesListServiceConfig();
    assertEquals(categories.length, 5);
    const query = "?Color=Moss&minPrice=10&sort=price:desc";
    const list = await loadProductsListServiceConfig(
      `http://localhost:8000/category/kitchen${query}`,
    );
    const [mug, ...others] = list.products;
    assertEquals([mug?.slug, others], ["enamel-mug", []]);
    assertEquals(mug?.variantsInfo?.variants?.length, 3);
    const loaded = await loadProductServiceConfig("linen-apron");
    assert(loaded.type === "success");
    assertEquals(loaded.config.product?.variantsInfo?.variants?.length, 4);
    await client.currentCart.addToCurrentCart({ lineItems: [pieces(MUG, 2)] });
    const { initialCart } = await loadCurrentCartServiceConfig();
    assertEquals(initialCart?.lineItems?.[0]?.quantity, 2);
  },
);
