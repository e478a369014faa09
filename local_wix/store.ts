import type { Cart } from "./ecom/cart.ts";
import type { Order } from "./ecom/order.ts";
import type { Member } from "./members/member.ts";
import { CATALOG } from "./seed/catalog.ts";
import { seedMembers } from "./seed/members.ts";
import { seedOrders } from "./seed/orders.ts";
import { SITE_PROPERTIES } from "./seed/site_properties.ts";

/** The data of the site: seeded at start, changed by API calls. */
export class Store {
  readonly #memberCount: number;
  /** What the shop sells. */
  readonly catalog = CATALOG;
  /** Current carts, by whose they are. */
  readonly carts = new Map<string, Cart>();
  #members = new Map<string, Member>();
  #orders: readonly Order[] = [];

  constructor(memberCount: number) {
    this.#memberCount = memberCount;
    this.reset();
  }

  /** Every member of the site, in the order of the login page. */
  get members(): readonly Member[] {
    return [...this.#members.values()];
  }

  /** Every order of the site, in no particular order. */
  get orders(): readonly Order[] {
    return this.#orders;
  }

  /** The site properties of the site. */
  get siteProperties(): Readonly<Record<string, unknown>> {
    return SITE_PROPERTIES;
  }

  /** The member with this id, if there is one. */
  member(id: string): Member | undefined {
    return this.#members.get(id);
  }

  /** Keeps `member` in place of the one with its id. */
  putMember(member: Member): void {
    this.#members.set(member.id, member);
  }

  /** Back to the seed. */
  reset(): void {
    this.carts.clear();
    const members = seedMembers(this.#memberCount);
    this.#members = new Map(members.map((member) => [member.id, member]));
    this.#orders = seedOrders(this.#memberCount);
  }
}
