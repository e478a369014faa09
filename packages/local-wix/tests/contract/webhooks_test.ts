/** Webhooks, as a receiver with the SDK's `AppStrategy` sees them. */
import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { categories } from "@wix/categories";
import { currentCart, orders } from "@wix/ecom";
import { redirects } from "@wix/redirects";
import { AppStrategy, createClient } from "@wix/sdk";
import { inventoryItemsV3, productsV3 } from "@wix/stores";
import {
  guid,
  type LocalWix,
  SITE,
  WEBHOOK_PUBLIC_KEY,
} from "../../src/mod.ts";
import { at, get, post, textAt } from "../helpers/http.ts";
import { it, type Site } from "../helpers/site.ts";
import { checkoutPage, order, PAN_OF_3, pieces } from "./shop.ts";

const modules = {
  categories,
  currentCart,
  inventoryItemsV3,
  orders,
  productsV3,
  redirects,
};
const MUG_ID = guid("product", 1);
const RETRY = { webhookRetryMilliseconds: [0, 0] };

/** What receives webhooks, and how it responds to them. */
class Receiver implements AsyncDisposable {
  readonly bodies: string[] = [];
  /** The status of each response in turn; the last one from then on. */
  statuses = [200];
  readonly client = createClient({
    auth: AppStrategy({ appId: SITE.clientId, publicKey: WEBHOOK_PUBLIC_KEY }),
    modules,
  });
  #received = Promise.withResolvers<void>();
  readonly #server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    async (request) => {
      assertEquals(request.headers.get("content-type"), "text/plain");
      this.bodies.push(await request.text());
      this.#received.resolve();
      this.#received = Promise.withResolvers();
      const [status] = this.statuses;
      if (this.statuses.length > 1) this.statuses.shift();
      return new Response(null, { status: status ?? 200 });
    },
  );

  get url(): string {
    return `http://127.0.0.1:${this.#server.addr.port}/`;
  }

  /** The first `count` events, verified. */
  async events(count: number) {
    while (this.bodies.length < count) await this.#received.promise;
    return await Promise.all(
      this.bodies.slice(0, count).map((body) =>
        this.client.webhooks.process(body)
      ),
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.shutdown();
  }
}

function test(
  name: string,
  run: (
    receiver: Receiver,
    wix: LocalWix,
    site: Site,
  ) => Promise<void>,
): void {
  it.local(name, async (site) => {
    await using receiver = new Receiver();
    const { wix } = site;
    assert(wix);
    wix.controls.webhookUrls = [receiver.url];
    await run(receiver, wix, site);
    wix.controls.webhookUrls = [];
  });
}

const types = (events: readonly { eventType: string }[]) =>
  events.map(({ eventType }) => eventType.split(".").at(-1));

test(
  "an order tells of itself and of the stock",
  async (receiver, _wix, site) => {
    const buyer = await site.member(modules, "ben@demo.example");
    await buyer.currentCart.addToCurrentCart({
      lineItems: [pieces(PAN_OF_3, 3)],
    });
    const { _id } = await buyer.currentCart.getCurrentCart();
    const url = await order(await checkoutPage(buyer, _id ?? ""));
    const orderId = url.searchParams.get("orderId") ?? "";
    const told: unknown[] = [];
    receiver.client.orders.onOrderCreated(({ entity, metadata }) => {
      const { identity, instanceId, entityId } = metadata;
      told.push(entity._id, entityId, identity?.identityType, instanceId);
      assert(entity._createdDate instanceof Date);
    });
    receiver.client.orders.onOrderApproved(({ data }) => {
      told.push(data.order?.number);
    });
    const stock: unknown[] = [];
    const { inventoryItemsV3: items } = receiver.client;
    items.onInventoryItemUpdated(({ entity }) => {
      stock.push(entity.quantity, entity._id);
    });
    items.onInventoryItemStockStatusUpdated(({ data }) => {
      stock.push(data.inStock);
    });
    const events = await receiver.events(4);
    assertEquals(
      types(events).sort(),
      [
        "inventory_item_stock_status_updated",
        "inventory_item_updated",
        "order_approved",
        "order_created",
      ],
    );
    const { number } = await buyer.orders.getOrder(orderId);
    assertEquals(
      new Set(told),
      new Set([
        orderId,
        "MEMBER",
        SITE.instanceId,
        number,
      ]),
    );
    assertEquals(stock.includes(0) && stock.includes(false), true);
  },
);

test("changes of products and stock are told", async (receiver, _wix, site) => {
  const { productsV3: products, inventoryItemsV3: items } = site.admin(modules);
  const mug = await products.getProduct(MUG_ID);
  const revision = mug.revision ?? "";
  await products.updateProduct(MUG_ID, { revision, name: "Tin mug" });
  const id = guid("inventoryItem", 1);
  const { revision: level = "" } = await items.getInventoryItem(id);
  await items.updateInventoryItem(id, { revision: level ?? "", quantity: 0 });
  const names: unknown[] = [];
  receiver.client.productsV3.onProductUpdated(({ entity }) => {
    names.push(entity.name, entity.url);
  });
  receiver.client.inventoryItemsV3.onInventoryItemUpdated(() => {});
  receiver.client.inventoryItemsV3.onInventoryItemStockStatusUpdated(() => {});
  const events = await receiver.events(3);
  assertEquals(types(events).sort(), [
    "inventory_item_stock_status_updated",
    "inventory_item_updated",
    "product_updated",
  ]);
  assertEquals(names, [
    "Tin mug",
    "https://shop.demo.example/product-page/enamel-mug",
  ]);
});

test(
  "any event is sent on request, to every receiver",
  async (receiver, wix) => {
    await using other = new Receiver();
    wix.controls.webhookUrls = [receiver.url, other.url];
    const sent = [
      ["wix.ecom.v1.order_canceled", guid("order", 1047)],
      ["wix.stores.catalog.v3.product_deleted", MUG_ID],
      [
        "wix.stores.catalog.v3.inventory_item_created",
        guid("inventoryItem", 1),
      ],
      ["wix.categories.v1.category_updated", guid("category", 2)],
    ] as const;
    for (const [eventType, entityId] of sent) {
      const body = { eventType, entityId };
      assertEquals((await post(wix, "/_local/events", body)).status, 200);
    }
    const names: unknown[] = [];
    other.client.categories.onCategoryUpdated(({ entity }) => {
      names.push(entity.name);
    });
    for (const each of [receiver, other]) {
      each.client.webhooks.getRegisteredEvents().clear();
      const events = await each.events(4);
      assertEquals(
        events.map(({ eventType, payload }) =>
          `${eventType} ${at(payload, "entityId")}`
        )
          .sort(),
        sent.map((pair) => pair.join(" ")).sort(),
      );
    }
    for (
      const [type, id] of [["wix.no", MUG_ID], [sent[0][0], MUG_ID]] as const
    ) assertThrows(() => wix.controls.sendEvent(type, id), RangeError);
  },
);

test(
  "an event is sent again until it is received, with the data of then",
  async (receiver, wix, site) => {
    wix.controls.change(RETRY);
    receiver.statuses = [500, 302, 200];
    const { productsV3: products } = site.admin(modules);
    const { revision } = await products.getProduct(MUG_ID);
    const change = { revision: revision ?? "", name: "Once" };
    await products.updateProduct(MUG_ID, change);
    const events = await receiver.events(3);
    assertEquals(
      new Set(events.map(({ payload }) => at(payload, "id"))).size,
      1,
    );
    assertEquals(
      at(events[2]?.payload, "updatedEvent.currentEntity.name"),
      "Once",
    );
    let shown: unknown;
    do {
      const { body } = await get(wix, "/_local/overview");
      shown = at(body, "webhooks.deliveries.0");
      assertEquals(at(body, "webhooks.publicKey"), WEBHOOK_PUBLIC_KEY);
    } while (!at(shown, "isDone"));
    assertEquals([at(shown, "attempts"), at(shown, "outcome")], [3, 200]);
  },
);

test(
  "duplicates and reordering come on request",
  async (receiver, wix, site) => {
    wix.controls.change({ webhookCopies: 2, webhooksReversed: true });
    const items = site.admin(modules).inventoryItemsV3;
    const id = guid("inventoryItem", 1);
    const { revision } = await items.getInventoryItem(id);
    await items.updateInventoryItem(id, {
      revision: revision ?? "",
      quantity: 0,
    });
    const events = await receiver.events(4);
    const stock = "inventory_item_stock_status_updated";
    const updated = "inventory_item_updated";
    assertEquals(types(events), [stock, stock, updated, updated]);
    const [first, copy, earlier] = events.map(({ payload }) => payload);
    assertEquals(textAt(copy, "id"), textAt(first, "id"));
    const sequence = (payload: unknown) =>
      Number(at(payload, "entityEventSequence"));
    assert(sequence(earlier) < sequence(first));
  },
);

test(
  "forged and expired events are refused, replayed ones have the same id",
  async (receiver, wix) => {
    const send = () =>
      wix.controls.sendEvent("wix.ecom.v1.order_updated", guid("order", 1047));
    send();
    const [event] = await receiver.events(1);
    const [genuine = ""] = receiver.bodies;
    const { webhooks } = receiver.client;
    const replayed = await webhooks.process(genuine);
    assertEquals(at(replayed.payload, "id"), at(event?.payload, "id"));
    const [header, , signature] = genuine.split(".");
    const data = btoa(JSON.stringify({ data: "{}" }));
    const forged = [header, data, signature].join(".");
    await assertRejects(() => webhooks.process(forged), Error, "signature");
    wix.controls.clockOffsetSeconds = -7200;
    send();
    while (receiver.bodies.length < 2) await get(wix, "/_local/counters");
    const expired = receiver.bodies[1] ?? "";
    await assertRejects(() => webhooks.process(expired), Error, "exp");
  },
);
