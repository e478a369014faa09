import type { Backend } from "../backend.ts";
import type { Call } from "../call.ts";
import { categoryView } from "../categories/routes.ts";
import { itemView } from "../stores/inventory_v3.ts";
import { PRODUCT_FIELDS, productView } from "../stores/product_view_v3.ts";
import { visibleShop } from "../stores/visible_products.ts";
import { emit, entityOf, EVENT_TYPES, type EventType } from "./events.ts";

/**
 * Sends an event about something in the store, as if the site's owner had caused
 * it. Throws a `RangeError` for an unknown event or entity, or without a URL to
 * send it to.
 */
export function sendEvent(
  backend: Backend,
  eventType: string,
  entityId: string,
): void {
  const type = EVENT_TYPES.find((known) => known === eventType);
  if (!type) throw new RangeError(`Cannot send event: no type ${eventType}`);
  if (!backend.webhooks.isActive) {
    throw new RangeError("Cannot send event: webhookUrls is empty");
  }
  const call = ownerCall(backend);
  const entity = entitiesOf(call, type).find(({ id }) => id === entityId);
  if (!entity) {
    const text = `Cannot send event: no ${entityOf(type)} ${entityId}`;
    throw new RangeError(text);
  }
  emit(call, type, entity.view());
  backend.webhooks.flush();
}

function entitiesOf(call: Call, type: EventType) {
  const { store } = call.backend;
  const options = { ...visibleShop(call), fields: PRODUCT_FIELDS };
  switch (entityOf(type)) {
    case "wix.ecom.v1.order":
      return store.orders.list.map((order) => ({
        id: order.id,
        view: () => order,
      }));
    case "wix.categories.v1.category":
      return store.categories.map((category) => ({
        id: category.id,
        view: () => categoryView(call, category),
      }));
    case "wix.stores.catalog.v3.product":
      return store.catalog.products.map((product) => ({
        id: product.id,
        view: () => productView(product, options),
      }));
    default:
      return store.catalog.products.flatMap((product) =>
        product.variants.map((variant) => ({
          id: variant.inventoryItemId,
          view: () => itemView(call, { product, variant }),
        }))
      );
  }
}

function ownerCall(backend: Backend): Call {
  const url = new URL("http://localhost/_local/events");
  const request = new Request(url);
  const identity = { kind: "api_key" } as const;
  return { request, url, params: {}, identity, backend, origin: url.origin };
}
