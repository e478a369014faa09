import type { Badge, BadgeAssignment } from "./badges/badge.ts";
import type { Cart } from "./cart/cart.ts";
import type { Category } from "./categories/category.ts";
import { type DataCollection, type DataItem, itemKey } from "./data/item.ts";
import type { Member } from "./members/member.ts";
import type { Order } from "./orders/build_order.ts";
import type { Language } from "./languages/language.ts";
import { SEED_BADGES, seedBadgeAssignments } from "./seed/content.ts";
import { seedMembers } from "./seed/members.ts";
import { seedOrders } from "./seed/orders.ts";
import type { Seed } from "./seed/seed.ts";
import type { SiteSeo } from "./seo/seo.ts";
import type { SiteProperties } from "./site/site.ts";
import type { State, Table } from "./state/tables.ts";
import {
  Catalog,
  type ProductChange,
  type StockLevel,
} from "./stores/catalog.ts";

/** The data of the site: seeded once, then changed by API calls. */
export class Store {
  /** What the shop sells. */
  readonly catalog: Catalog;
  /** The badges that members can have. */
  readonly badges: readonly Badge[] = SEED_BADGES;
  readonly collections: readonly DataCollection[];
  /** The languages of the site; its own comes first. */
  readonly languages: readonly Language[];
  readonly seo: SiteSeo;
  /** Members, in the order of the login page. */
  readonly members: Table<Member>;
  readonly orders: Table<Order>;
  readonly badgeAssignments: Table<BadgeAssignment>;
  /** Carts, ordered and not. */
  readonly carts: Table<Cart>;
  /** Ids of current carts, by their buyer. */
  readonly currentCarts: Table<string>;
  /** Items of data collections, by collection and id. */
  readonly dataItems: Table<DataItem>;
  readonly #seed: Seed;
  readonly #productChanges: Table<ProductChange>;
  readonly #stock: Table<StockLevel>;

  constructor(seed: Seed, state: State) {
    this.#seed = seed;
    const changes = this.#productChanges = state.table("products");
    const stock = this.#stock = state.table("stock");
    this.catalog = new Catalog(seed.products, seed.coupons, { changes, stock });
    this.collections = seed.collections;
    this.languages = seed.languages;
    this.seo = seed.seo;
    this.members = state.table("members");
    this.orders = state.table("orders");
    this.badgeAssignments = state.table("badge assignments");
    this.carts = state.table("carts");
    this.currentCarts = state.table("current carts");
    this.dataItems = state.table("data items");
    if (state.isNew) this.reset();
  }

  /** The categories of the shop; that of all products comes first. */
  get categories(): readonly Category[] {
    const { categories } = this.#seed;
    const [all, ...others] = categories;
    const { added } = this.catalog;
    if (!all || added.length === 0) return categories;
    const ids = [...all.places.keys(), ...added];
    const places = new Map(ids.map((id, place) => [id, place]));
    return [{ ...all, places }, ...others];
  }

  /** The number of the next order. */
  get nextOrderNumber(): number {
    const numbers = this.orders.list.map(({ number }) => Number(number));
    return numbers.reduce((a, b) => Math.max(a, b), 10_000) + 1;
  }

  /** The business details of the site. */
  get siteProperties(): SiteProperties {
    return this.#seed.siteProperties;
  }

  /** Deletes a member with their badges; false when there is none. */
  removeMember(id: string): boolean {
    for (const assignment of this.badgeAssignments.list) {
      if (assignment.memberId === id) {
        this.badgeAssignments.delete(assignment.id);
      }
    }
    return this.members.delete(id);
  }

  /** Back to the seed. */
  reset(): void {
    const { people, products, dataItems } = this.#seed;
    this.#productChanges.clear();
    this.#stock.clear();
    this.carts.clear();
    this.currentCarts.clear();
    this.dataItems.clear();
    this.members.clear();
    this.orders.clear();
    this.badgeAssignments.clear();
    for (const item of dataItems) {
      this.dataItems.set(itemKey(item), item);
    }
    seedMembers(people).forEach((member) => this.members.put(member));
    seedOrders(people, products).forEach((order) => this.orders.put(order));
    seedBadgeAssignments(people).forEach((assignment) =>
      this.badgeAssignments.put(assignment)
    );
  }
}
