/** Webhooks, as a receiver with the SDK's `AppStrategy` sees them. */
import { EventEmitter, once } from "node:events";
import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { assert, assertEquals, assertRejects } from "@std/assert";
import { categories } from "@wix/categories";
import { currentCart, orders } from "@wix/ecom";
import { redirects } from "@wix/redirects";
import { AppStrategy, createClient } from "@wix/sdk";
import { inventoryItemsV3, productsV3 } from "@wix/stores";
import { guid, SITE, WEBHOOK_PUBLIC_KEY } from "../../src/mod.ts";
import { entityOf, EVENT_TYPES } from "../../src/webhooks/events.ts";
import { at, get, post, textAt } from "../helpers/http.ts";
import { it, type Site } from "../helpers/site.ts";
import { checkoutPage, order, PAN_OF_3, pieces } from "./shop.ts";

const shop = { currentCart, inventoryItemsV3, orders, productsV3, redirects };
const modules = { ...shop, categories };
const MUG = guid("product", 1);
const MUG_STOCK = guid("inventoryItem", 1);
const STOCK = "inventory_item_updated";
const SOLD_OUT = "inventory_item_stock_status_updated";

/** What receives webhooks. `statuses` are its responses; the last one repeats. */
class Receiver implements AsyncDisposable {
  readonly bodies: string[] = [];
  statuses = [200];
  /** What the first response waits for. */
  held: Promise<void> | undefined;
  /** How many events came while another had no response. */
  overlaps = 0;
  #open = 0;
  readonly client = createClient({
    auth: AppStrategy({ appId: SITE.clientId, publicKey: WEBHOOK_PUBLIC_KEY }),
    modules,
  });
  readonly #received = new EventEmitter();
  readonly #server = createServer(async (request, response) => {
    assertEquals(request.headers["content-type"], "text/plain");
    if (this.#open++ > 0) this.overlaps++;
    response.on("close", () => this.#open--);
    this.bodies.push(await text(request));
    this.#received.emit("body");
    if (this.bodies.length === 1) await this.held;
    const [status = 200] = this.statuses;
    if (this.statuses.length > 1) this.statuses.shift();
    // A redirect is no 200, and is not followed.
    response.writeHead(status, { location: "/" }).end();
  });

  static async start(): Promise<Receiver> {
    const receiver = new Receiver();
    await once(receiver.#server.listen(0, "127.0.0.1"), "listening");
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${Object(this.#server.address()).port}/`;
  }

  /** The first `count` events, verified: names and what they say. */
  async events(count: number) {
    while (this.bodies.length < count) await once(this.#received, "body");
    const { webhooks } = this.client;
    const events = await Promise.all(
      this.bodies.slice(0, count).map((body) => webhooks.process(body)),
    );
    const names = events.map(({ eventType }) => eventType.split(".").at(-1));
    return { names, payloads: events.map(({ payload }) => payload) };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await once(this.#server.close(), "close");
  }
}

type Run = (site: Site, receiver: Receiver) => Promise<void>;

function test(name: string, run: Run): void {
  it.local(name, async (site) => {
    await using receiver = await Receiver.start();
    controls(site).webhookUrls = [receiver.url];
    await run(site, receiver);
    controls(site).webhookUrls = [];
  });
}

function controls({ wix }: Site) {
  assert(wix);
  return wix.controls;
}

async function renameMug(site: Site): Promise<void> {
  const { productsV3: products } = site.admin(modules);
  const { revision } = await products.getProduct(MUG);
  const change = { revision: revision ?? "", name: "Tin mug" };
  await products.updateProduct(MUG, change);
}

async function sellOut(site: Site): Promise<void> {
  const { inventoryItemsV3: items } = site.admin(modules);
  const { revision } = await items.getInventoryItem(MUG_STOCK);
  const change = { revision: revision ?? "", quantity: 0 };
  await items.updateInventoryItem(MUG_STOCK, change);
}

test(
  "an order sends events for itself and its stock",
  async (site, receiver) => {
    const seen: unknown[] = [];
    const { orders, inventoryItemsV3: items } = receiver.client;
    orders.onOrderCreated(({ entity, metadata }) => {
      const { identity, instanceId, entityId } = metadata;
      seen.push(entity._id, entityId, identity?.identityType, instanceId);
      assert(entity._createdDate instanceof Date);
    });
    orders.onOrderApproved(({ data }) => {
      seen.push(data.order?.number);
    });
    items.onInventoryItemUpdated(({ entity }) => {
      seen.push(entity.quantity);
    });
    items.onInventoryItemStockStatusUpdated(({ data }) => {
      seen.push(data.inStock);
    });
    const buyer = await site.member(modules, "ben@demo.example");
    const lineItems = [pieces(PAN_OF_3, 3)];
    const { cart } = await buyer.currentCart.addToCurrentCart({ lineItems });
    const url = await order(await checkoutPage(buyer, cart?._id ?? ""));
    const id = url.searchParams.get("orderId") ?? "";
    const { names } = await receiver.events(4);
    assertEquals(names.sort(), [
      SOLD_OUT,
      STOCK,
      "order_approved",
      "order_created",
    ]);
    const { number } = await buyer.orders.getOrder(id);
    const all = [id, "MEMBER", SITE.instanceId, number, 0, false];
    assertEquals(new Set(seen), new Set(all));
  },
);

test(
  "an event is sent to every receiver, but not if its type or entity is unknown",
  async (site, receiver) => {
    await using other = await Receiver.start();
    controls(site).webhookUrls = [receiver.url, other.url];
    assert(site.wix);
    const { wix } = site;
    const send = async (eventType: string, entityId: string) =>
      (await post(wix, "/_local/events", { eventType, entityId })).status;
    assertEquals(await send("wix.stores.catalog.v3.product_deleted", MUG), 200);
    for (const each of [receiver, other]) {
      const { payloads: [payload] } = await each.events(1);
      assertEquals(at(payload, "entityId"), MUG);
    }
    assertEquals(await send("wix.no", MUG), 400);
    assertEquals(await send("wix.ecom.v1.order_canceled", MUG), 400);
  },
);

const ENTITIES = {
  "wix.ecom.v1.order": ["orders", guid("order", 1047)],
  "wix.stores.catalog.v3.product": ["productsV3", MUG],
  "wix.stores.catalog.v3.inventory_item": ["inventoryItemsV3", MUG_STOCK],
  "wix.categories.v1.category": ["categories", guid("category", 2)],
} as const;
for (const type of EVENT_TYPES) {
  const [module, id] = ENTITIES[entityOf(type)];
  const slug = type.slice(entityOf(type).length + 1);
  const isChange = ["created", "updated", "deleted"].includes(slug);
  const name = type.split(".").at(-1)?.split("_")
    .map((word) => word[0]?.toUpperCase() + word.slice(1)).join("");
  test(`the SDK's on${name}() gets ${type}`, async (site, receiver) => {
    const got = new Promise<string>((resolve) =>
      Object(receiver.client)[module][`on${name}`]((event: unknown) =>
        resolve(textAt(event, "metadata.entityId"))
      )
    );
    assert(site.wix);
    await post(site.wix, "/_local/events", { eventType: type, entityId: id });
    const { payloads: [payload] } = await receiver.events(1);
    assert(at(payload, isChange ? `${slug}Event` : "actionEvent"));
    assertEquals(await got, id);
  });
}

test(
  "a product sends events when it is created, changed and deleted",
  async (site, receiver) => {
    const { productsV3: api } = site.admin(modules);
    const price = { actualPrice: { amount: "1.00" } };
    const { product } = await api.createProductWithInventory({
      name: "Tray",
      productType: "PHYSICAL",
      physicalProperties: {},
      variantsInfo: { variants: [{ price, inventoryItem: { quantity: 1 } }] },
    });
    const { _id = "", revision } = product ?? {};
    const { inventoryItemsV3: stock } = site.admin(modules);
    const { items: [item] } = await stock.queryInventoryItems()
      .eq("productId", _id).find();
    const change = { revision: item?.revision ?? "", quantity: 2 };
    await stock.updateInventoryItem(item?._id ?? "", change);
    await api.updateProduct(_id ?? "", {
      revision: revision ?? "",
      name: "New",
    });
    await api.deleteProduct(_id ?? "");
    const { names, payloads } = await receiver.events(5);
    assertEquals(names, [
      "product_created",
      "inventory_item_created",
      STOCK,
      "product_updated",
      "product_deleted",
    ]);
    const parts = [
      "createdEvent.entity.name",
      "createdEvent.entity.productId",
      "updatedEvent.currentEntity.quantity",
      "updatedEvent.currentEntity.name",
      "deletedEvent.deletedEntity.id",
    ];
    assertEquals(
      payloads.map((payload, index) => at(payload, parts[index] ?? "")),
      ["Tray", _id, 2, "New", _id],
    );
  },
);

test("an event is resent until it is received", async (site, receiver) => {
  controls(site).webhookRetryMilliseconds = [0, 0];
  receiver.statuses = [202, 302, 200];
  await renameMug(site);
  const { names, payloads } = await receiver.events(3);
  assertEquals(names, Array(3).fill("product_updated"));
  assertEquals(payloads[2], payloads[0]);
  const { name, url } = Object(at(payloads[0], "updatedEvent.currentEntity"));
  assertEquals([name, url.relativePath], [
    "Tin mug",
    "/product-page/enamel-mug",
  ]);
  assert(site.wix);
  let shown: unknown;
  do {
    const { body } = await get(site.wix, "/_local/overview");
    assertEquals(at(body, "webhooks.publicKey"), WEBHOOK_PUBLIC_KEY);
    shown = at(body, "webhooks.deliveries.0");
  } while (!at(shown, "isDone"));
  assertEquals([at(shown, "attempts"), at(shown, "outcome")], [3, 200]);
});

test(
  "each receiver gets one event at a time, in their order",
  async (site, receiver) => {
    await using other = await Receiver.start();
    controls(site).webhookUrls = [receiver.url, other.url];
    receiver.held = other.events(2).then(() => {});
    await renameMug(site);
    await renameMug(site);
    const { payloads } = await receiver.events(2);
    const [first, second] = payloads.map((payload) =>
      Number(at(payload, "entityEventSequence"))
    );
    assert(Number(first) < Number(second));
    assertEquals(receiver.overlaps, 0);
  },
);

test(
  "an event whose response is late is resent",
  async (site, receiver) => {
    controls(site).webhookRetryMilliseconds = [0];
    receiver.held = receiver.events(2).then(() => {});
    await renameMug(site);
    const { payloads: [first, again] } = await receiver.events(2);
    assertEquals(again, first);
  },
);

test(
  "events are duplicated and reordered on request",
  async (site, receiver) => {
    controls(site).change({ webhookCopies: 2, webhooksReversed: true });
    await sellOut(site);
    const { names, payloads } = await receiver.events(4);
    assertEquals(names, [SOLD_OUT, SOLD_OUT, STOCK, STOCK]);
    const [first, copy, earlier] = payloads;
    assertEquals(copy, first);
    const [a, b] = [earlier, first].map((payload) =>
      Number(at(payload, "entityEventSequence"))
    );
    assert(Number(a) < Number(b));
  },
);

test("forged and expired events are refused", async (site, receiver) => {
  await renameMug(site);
  const { payloads: [event] } = await receiver.events(1);
  const [genuine = ""] = receiver.bodies;
  const { webhooks } = receiver.client;
  const replayed = await webhooks.process(genuine);
  assertEquals(at(replayed.payload, "id"), at(event, "id"));
  const [header, , signature] = genuine.split(".");
  const forged = `${header}.${btoa('{"data":"{}"}')}.${signature}`;
  await assertRejects(() => webhooks.process(forged), Error, "signature");
  controls(site).clockOffsetSeconds = -7200;
  await renameMug(site);
  await assertRejects(() => receiver.events(2), Error, "exp");
});
