import type { Badge, BadgeAssignment } from "./badges/badge.ts";
import type { Checkout } from "./checkout/checkout.ts";
import { type DataItem, itemKey } from "./data/item.ts";
import type { Cart } from "./ecom/cart.ts";
import type { Order } from "./ecom/order.ts";
import type { Member } from "./members/member.ts";
import { SEED_BADGES, seedBadgeAssignments } from "./seed/badges.ts";
import { CATALOG } from "./seed/catalog.ts";
import { seedDataItems } from "./seed/data_items.ts";
import { seedMembers } from "./seed/members.ts";
import { seedOrders } from "./seed/orders.ts";
import type { Seed } from "./seed/seed.ts";
import type { SiteProperties } from "./seed/site_properties.ts";
import type { State, Table } from "./state/state.ts";

/** The data of the site: seeded once, then changed by API calls. */
export class Store {
  /** What the shop sells. */
  readonly catalog = CATALOG;
  /** Current carts, by whose they are. */
  readonly carts: Table<Cart>;
  /** Checkouts, placed and not, by their ids. */
  readonly checkouts: Table<Checkout>;
  /** Items of data collections, by collection and id. */
  readonly dataItems: Table<DataItem>;
  readonly #seed: Seed;
  readonly #members: Table<Member>;
  readonly #orders: Table<Order>;
  readonly #badgeAssignments: Table<BadgeAssignment>;

  constructor(seed: Seed, state: State) {
    this.#seed = seed;
    this.carts = state.table("carts");
    this.dataItems = state.table("data items");
    this.checkouts = state.table("checkouts");
    this.#members = state.table("members");
    this.#orders = state.table("orders");
    this.#badgeAssignments = state.table("badge assignments");
    if (state.isNew) this.reset();
  }

  /** Every member of the site, in the order of the login page. */
  get members(): readonly Member[] {
    return [...this.#members.values()];
  }

  /** Every order of the site, in no particular order. */
  get orders(): readonly Order[] {
    return [...this.#orders.values()];
  }

  /** The badges that members can have. */
  get badges(): readonly Badge[] {
    return SEED_BADGES;
  }

  /** Which member has which badge. */
  get badgeAssignments(): readonly BadgeAssignment[] {
    return [...this.#badgeAssignments.values()];
  }

  /** The number of the next order. */
  get nextOrderNumber(): string {
    const numbers = this.orders.map(({ number }) => Number(number));
    return String(numbers.reduce((a, b) => Math.max(a, b), 10_000) + 1);
  }

  /** The site properties of the site. */
  get siteProperties(): SiteProperties {
    return this.#seed.siteProperties;
  }

  /** The member with this id, if there is one. */
  member(id: string): Member | undefined {
    return this.#members.get(id);
  }

  /** Keeps `member` in place of the one with its id. */
  putMember(member: Member): void {
    this.#members.set(member.id, member);
  }

  /** Deletes a member with their badges; false when there is none. */
  removeMember(id: string): boolean {
    for (const assignment of this.badgeAssignments) {
      if (assignment.memberId === id) this.removeBadgeAssignment(assignment.id);
    }
    return this.#members.delete(id);
  }

  /** Keeps `assignment` in place of the one with its id. */
  putBadgeAssignment(assignment: BadgeAssignment): void {
    this.#badgeAssignments.set(assignment.id, assignment);
  }

  /** Takes a badge away; false when there is no such assignment. */
  removeBadgeAssignment(id: string): boolean {
    return this.#badgeAssignments.delete(id);
  }

  /** Keeps `order` in place of the one with its id. */
  putOrder(order: Order): void {
    this.#orders.set(order.id, order);
  }

  /** Back to the seed. */
  reset(): void {
    this.carts.clear();
    this.checkouts.clear();
    this.dataItems.clear();
    seedDataItems().forEach((item) => this.dataItems.set(itemKey(item), item));
    this.#members.clear();
    this.#orders.clear();
    this.#badgeAssignments.clear();
    const { people } = this.#seed;
    seedMembers(people).forEach((member) => this.putMember(member));
    seedOrders(people).forEach((order) => this.putOrder(order));
    seedBadgeAssignments(people).forEach((assignment) =>
      this.putBadgeAssignment(assignment)
    );
  }
}
