import type { Call } from "../call.ts";
import type { JsonObject } from "../http/json.ts";
import type { Identity } from "../identity/identity.ts";
import type { Order } from "../orders/build_order.ts";

const ORDER = "wix.ecom.v1.order";
const ENTITIES = [
  ORDER,
  "wix.stores.catalog.v3.product",
  "wix.stores.catalog.v3.inventory_item",
  "wix.categories.v1.category",
] as const;

/** What an event says about its entity. */
type Kind = "created" | "updated" | "deleted" | "action";

/** The type of an event that local Wix sends. */
export type EventType =
  | "wix.ecom.v1.order_created"
  | "wix.ecom.v1.order_updated"
  | "wix.ecom.v1.order_approved"
  | "wix.ecom.v1.order_canceled"
  | "wix.ecom.v1.order_payment_status_updated"
  | "wix.stores.catalog.v3.product_created"
  | "wix.stores.catalog.v3.product_updated"
  | "wix.stores.catalog.v3.product_deleted"
  | "wix.stores.catalog.v3.inventory_item_created"
  | "wix.stores.catalog.v3.inventory_item_updated"
  | "wix.stores.catalog.v3.inventory_item_deleted"
  | "wix.stores.catalog.v3.inventory_item_stock_status_updated"
  | "wix.categories.v1.category_created"
  | "wix.categories.v1.category_updated"
  | "wix.categories.v1.category_deleted";

const KINDS: Readonly<Record<EventType, Kind>> = {
  "wix.ecom.v1.order_created": "created",
  "wix.ecom.v1.order_updated": "updated",
  "wix.ecom.v1.order_approved": "action",
  "wix.ecom.v1.order_canceled": "action",
  "wix.ecom.v1.order_payment_status_updated": "action",
  "wix.stores.catalog.v3.product_created": "created",
  "wix.stores.catalog.v3.product_updated": "updated",
  "wix.stores.catalog.v3.product_deleted": "deleted",
  "wix.stores.catalog.v3.inventory_item_created": "created",
  "wix.stores.catalog.v3.inventory_item_updated": "updated",
  "wix.stores.catalog.v3.inventory_item_deleted": "deleted",
  "wix.stores.catalog.v3.inventory_item_stock_status_updated": "action",
  "wix.categories.v1.category_created": "created",
  "wix.categories.v1.category_updated": "updated",
  "wix.categories.v1.category_deleted": "deleted",
};

/** The types of all events that local Wix sends. */
export const EVENT_TYPES: readonly EventType[] = Object.keys(
  KINDS,
) as EventType[];

/** The entity of an event, such as `wix.ecom.v1.order`. */
export function entityOf(type: EventType): (typeof ENTITIES)[number] {
  return ENTITIES.find((entity) => type.startsWith(`${entity}_`)) ?? ORDER;
}

/** An entity, as its API sends it. */
type Entity = Readonly<JsonObject> & { readonly id: string };

/**
 * Queues an event that the sender of a call has caused. It is sent once the call
 * is committed.
 */
export function emit(
  { backend, identity }: Pick<Call, "backend" | "identity">,
  eventType: EventType,
  entity: Entity,
  sender: JsonObject = senderOf(identity, backend.site),
): void {
  const { webhooks, site } = backend;
  if (!webhooks.isActive) return;
  const entityFqdn = entityOf(eventType);
  const id = backend.newId();
  const details = {
    id,
    entityFqdn,
    slug: eventType.slice(entityFqdn.length + 1),
    entityId: entity.id,
    eventTime: backend.isoNow,
    triggeredByAnonymizeRequest: false,
    originatedFrom: "",
    entityEventSequence: String(webhooks.nextSequence()),
    ...bodyOf(KINDS[eventType], eventType, entity),
  };
  webhooks.add({
    id,
    eventType,
    data: JSON.stringify({
      eventType,
      instanceId: site.instanceId,
      identity: JSON.stringify(sender),
      data: JSON.stringify(details),
    }),
  });
}

/** The events of an order that its buyer has just placed. */
export function emitOrderPlaced(call: Call, order: Order): void {
  const { memberId, visitorId } = order.buyerInfo;
  const buyer = memberId
    ? { identityType: "MEMBER", memberId }
    : { identityType: "ANONYMOUS_VISITOR", anonymousVisitorId: visitorId };
  emit(call, "wix.ecom.v1.order_created", order, buyer);
  emit(call, "wix.ecom.v1.order_approved", order, buyer);
}

/** The events of a changed stock, of which there was some before or not. */
export function emitStock(
  call: Call,
  item: Entity,
  wasInStock: boolean,
): void {
  emit(call, "wix.stores.catalog.v3.inventory_item_updated", item);
  if ((item.availabilityStatus === "IN_STOCK") === wasInStock) return;
  emit(call, "wix.stores.catalog.v3.inventory_item_stock_status_updated", item);
}

function bodyOf(kind: Kind, eventType: EventType, entity: Entity): object {
  switch (kind) {
    case "created":
      return { createdEvent: { entity } };
    case "updated":
      return { updatedEvent: { currentEntity: entity } };
    case "deleted":
      return { deletedEvent: { deletedEntity: entity } };
    case "action":
      return { actionEvent: { body: actionBody(eventType, entity) } };
  }
}

function actionBody(eventType: EventType, entity: Entity): JsonObject {
  if (entityOf(eventType) !== ORDER) {
    return { inStock: entity.availabilityStatus === "IN_STOCK" };
  }
  return eventType === "wix.ecom.v1.order_payment_status_updated"
    ? { order: entity, previousPaymentStatus: "NOT_PAID" }
    : { order: entity };
}

function senderOf(identity: Identity, site: Call["backend"]["site"]) {
  switch (identity.kind) {
    case "visitor": {
      const anonymousVisitorId = identity.visitorId;
      return { identityType: "ANONYMOUS_VISITOR", anonymousVisitorId };
    }
    case "member":
      return { identityType: "MEMBER", memberId: identity.memberId };
    case "app":
      return { identityType: "APP", appId: site.clientId };
    default:
      return { identityType: "WIX_USER", wixUserId: site.ownerId };
  }
}
