import type { OrderState } from "../orders/order.ts";

/** A person behind a demo account. */
export interface Person {
  readonly firstName: string;
  readonly lastName: string;
  readonly nickname: string;
  readonly slug: string;
  readonly email: string;
  readonly note: string;
  readonly privacy: "PUBLIC" | "PRIVATE";
  /** Orders that a search without filter finds. */
  readonly orderCount: number;
  /** Slugs of the badges that the site's owner has given. */
  readonly badges?: readonly string[];
  /** Their orders, the newest first. Default: `orderCount` of all kinds. */
  readonly orders?: readonly PlannedOrder[];
}

/** An order that a seed file describes. */
export interface PlannedOrder extends Partial<OrderState> {
  /** ISO date. */
  readonly date?: string;
  readonly lines: readonly {
    readonly slug: string;
    readonly quantity: number;
  }[];
}

/** The people of the demo site, in the order of the login page. */
export const PEOPLE: readonly Person[] = [
  person("Ann", "Archer", {
    orderCount: 47,
    note: "47 orders in every status",
    badges: ["vip", "founding-member"],
  }),
  person("Ben", "Brooks", {
    orderCount: 0,
    note: "no orders yet",
    badges: ["founding-member"],
  }),
  person("Chiara", "Conti", {
    orderCount: 3,
    note: "private profile, 3 orders",
    privacy: "PRIVATE",
    badges: ["vip"],
  }),
  person("Dmytro", "Danylenko", {
    orderCount: 5,
    note: "5 orders",
    badges: ["wholesale"],
  }),
  person("Élodie", "d’Aubigné", {
    orderCount: 2,
    note: "accents, 2 orders",
    slug: "elodie",
  }),
  person("Femi", "Fashola", {
    orderCount: 4,
    note: "private profile, 4 orders",
    privacy: "PRIVATE",
  }),
  person("Grace", "O'Neill", { orderCount: 1, note: "apostrophe, 1 order" }),
  person("浩", "橋本", {
    orderCount: 6,
    note: "Japanese name, 6 orders",
    slug: "hiroshi",
  }),
  person("Ingrid", "Ibsen", {
    orderCount: 10,
    note: "10 orders, one full page",
  }),
  person("נועה", "ישראלי", {
    orderCount: 3,
    note: "right-to-left name, 3 orders",
    slug: "noa",
  }),
  person("Katharina-Sophie", "von Wolfenstein-Hohenlohe", {
    orderCount: 2,
    note: "long name, 2 orders",
    slug: "katharina",
  }),
  person("Liam", "<b>Lynch</b> & Co", {
    orderCount: 2,
    note: "markup in the name, 2 orders",
  }),
];

/** People 1 to `count`; those past the demo accounts are generated from their number. */
export function peopleUpTo(count: number): readonly Person[] {
  return Array.from({ length: count }, (_, index) => {
    const number = index + 1;
    return PEOPLE[index] ?? person("Member", String(number), {
      orderCount: number % 4,
      note: `member ${number} of a larger site`,
      privacy: number % 5 === 0 ? "PRIVATE" : "PUBLIC",
      slug: `member${number}`,
      nickname: `Member ${number}`,
    });
  });
}

function person(
  firstName: string,
  lastName: string,
  traits: Pick<Person, "orderCount" | "note"> & Partial<Person>,
): Person {
  const { slug = firstName.toLowerCase() } = traits;
  return {
    firstName,
    lastName,
    nickname: firstName,
    slug,
    email: `${slug}@demo.example`,
    privacy: "PUBLIC",
    ...traits,
  };
}

const BASE = Date.parse("2026-11-20T09:30:00.000Z");
const DAY = 24 * 60 * 60 * 1000;

/** ISO date `days` (and `minutes`) before the fixed day of the seed. */
export function daysBefore(days: number, minutes = 0): string {
  return new Date(BASE - days * DAY - minutes * 60_000).toISOString();
}
