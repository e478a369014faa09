/**
 * The pages that are measured, and how fast fresh-wix has to be.
 *
 * @module
 */

/** One page; its sources are in `pages/fresh/` and `pages/astro/`. */
export interface MeasuredPage {
  readonly name: string;
  readonly title: string;
  /** The same on every server. */
  readonly path: string;
  /** A text in every right response. */
  readonly marker: string;
  /** The least multiple of the requests per second of Astro, on each. */
  readonly budgets: { readonly node: number; readonly deno: number };
}

/** All pages, in the order in which they are measured. */
export const PAGES = [
  {
    name: "home",
    title: "Page without Wix data",
    path: "/bench/home",
    marker: "Card 6",
    budgets: { node: 10, deno: 6 },
  },
  {
    name: "members",
    title: "20 members",
    path: "/bench/members",
    marker: "<bdi>Ann</bdi>",
    budgets: { node: 4.5, deno: 3.5 },
  },
  {
    name: "orders",
    title: "20 orders of a member",
    path: "/account/bench",
    marker: "/account/orders/0",
    budgets: { node: 2.2, deno: 1.8 },
  },
  {
    name: "elevated",
    title: "A refused and an elevated call",
    path: "/bench/elevated",
    marker: "Currency",
    budgets: { node: 7.5, deno: 3.5 },
  },
] as const satisfies readonly MeasuredPage[];

/** Pages of `/account` are a member's, the others a visitor's. */
export function isForMembers({ path }: MeasuredPage): boolean {
  return path.startsWith("/account/");
}
