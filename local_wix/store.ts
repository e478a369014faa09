import type { Order } from "./ecom/order.ts";
import type { Member } from "./members/member.ts";
import { seedMembers } from "./seed/members.ts";
import { seedOrders } from "./seed/orders.ts";
import type { Seed } from "./seed/seed.ts";
import type { SiteProperties } from "./seed/site_properties.ts";
import type { State, Table } from "./state/state.ts";

/** The data of the site: seeded once, then changed by API calls. */
export class Store {
  readonly #seed: Seed;
  readonly #members: Table<Member>;
  readonly #orders: Table<Order>;

  constructor(seed: Seed, state: State) {
    this.#seed = seed;
    this.#members = state.table("members");
    this.#orders = state.table("orders");
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

  /** Keeps `order` in place of the one with its id. */
  putOrder(order: Order): void {
    this.#orders.set(order.id, order);
  }

  /** Back to the seed. */
  reset(): void {
    this.#members.clear();
    this.#orders.clear();
    seedMembers(this.#seed.people).forEach((member) => this.putMember(member));
    seedOrders(this.#seed.people).forEach((order) => this.putOrder(order));
  }
}
