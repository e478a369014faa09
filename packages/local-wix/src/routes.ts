import { BADGE_ROUTES } from "./badges/routes.ts";
import type { Route } from "./call.ts";
import { CART_V1_ROUTES } from "./cart/routes_v1.ts";
import { CARTS_BY_ID_V2_ROUTES } from "./cart/carts_by_id_v2.ts";
import { CURRENT_CART_V2_ROUTES } from "./cart/current_cart_v2.ts";
import { CATEGORY_ITEM_ROUTES } from "./categories/items.ts";
import { CATEGORY_ROUTES } from "./categories/routes.ts";
import { CHECKOUT_V1_ROUTES } from "./checkout/routes_v1.ts";
import { CONSOLE_ROUTES } from "./console/control_routes.ts";
import { CUSTOM_LOGIN_ROUTES } from "./custom_login/routes.ts";
import { DATA_ROUTES } from "./data/routes.ts";
import { LANGUAGE_ROUTES } from "./languages/routes.ts";
import { MEMBER_ROUTES } from "./members/routes.ts";
import { OAUTH_ROUTES } from "./oauth/routes.ts";
import { ORDER_ROUTES } from "./orders/routes.ts";
import { CHECKOUT_PAGE_ROUTES } from "./pages/checkout.ts";
import { LOGIN_ROUTES } from "./pages/login.ts";
import { RECOMMENDATION_ROUTES } from "./recommendations/routes.ts";
import { REDIRECT_ROUTES } from "./pages/redirect_routes.ts";
import { SEO_ROUTES } from "./seo/routes.ts";
import { SITE_ROUTES } from "./site/routes.ts";
import { CATALOG_VERSION_ROUTES } from "./stores/catalog_version.ts";
import { COLLECTION_V1_ROUTES } from "./stores/collections_v1.ts";
import { CUSTOMIZATION_V3_ROUTES } from "./stores/customizations_v3.ts";
import { INVENTORY_V3_ROUTES } from "./stores/inventory_v3.ts";
import { PRODUCT_V1_ROUTES } from "./stores/products_v1.ts";
import { PRODUCT_V3_ROUTES } from "./stores/products_v3.ts";
import { VARIANT_V3_ROUTES } from "./stores/variants_v3.ts";
import { WRITE_PRODUCT_V3_ROUTES } from "./stores/write_products_v3.ts";

/** Every route of local Wix. */
export const ROUTES: readonly Route[] = [
  ...OAUTH_ROUTES,
  ...REDIRECT_ROUTES,
  ...CUSTOM_LOGIN_ROUTES,
  ...MEMBER_ROUTES,
  ...BADGE_ROUTES,
  ...ORDER_ROUTES,
  ...CART_V1_ROUTES,
  ...CURRENT_CART_V2_ROUTES,
  ...CARTS_BY_ID_V2_ROUTES,
  ...CHECKOUT_V1_ROUTES,
  ...CATALOG_VERSION_ROUTES,
  ...PRODUCT_V1_ROUTES,
  ...COLLECTION_V1_ROUTES,
  ...PRODUCT_V3_ROUTES,
  ...WRITE_PRODUCT_V3_ROUTES,
  ...VARIANT_V3_ROUTES,
  ...INVENTORY_V3_ROUTES,
  ...CUSTOMIZATION_V3_ROUTES,
  ...CATEGORY_ROUTES,
  ...CATEGORY_ITEM_ROUTES,
  ...RECOMMENDATION_ROUTES,
  ...DATA_ROUTES,
  ...SEO_ROUTES,
  ...LANGUAGE_ROUTES,
  ...SITE_ROUTES,
  ...LOGIN_ROUTES,
  ...CHECKOUT_PAGE_ROUTES,
  ...CONSOLE_ROUTES,
];
