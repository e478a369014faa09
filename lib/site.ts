/**
 * Name, navigation and footer of the site: used on every page. Colours and fonts
 * are at the top of `assets/styles.css`, the logo in `components/Logo.tsx`.
 *
 * @module
 */

/** A link, on one line each: `deno task new --bare` removes lines. */
export interface Link {
  readonly href: string;
  readonly text: string;
}

/** Name, tagline, description for search engines, and footer. */
export const SITE = {
  name: "Juniper & Sons",
  tagline: "Goods for kitchen and table",
  description: "Mugs, boards, aprons and pans of enamel, oak, linen and " +
    "iron, made to be used every day.",
  footer:
    "A demo shop, built with fresh-wix: a Deno and Fresh starter with a " +
    "Wix backend.",
} as const;

/** Links in the header. */
export const NAVIGATION: readonly Link[] = [
  { href: "/shop", text: "Shop" },
  { href: "/account/orders", text: "Orders" },
  { href: "/how-it-works", text: "How it works" },
];

/** Tabs of the account pages. */
export const ACCOUNT_TABS: readonly Link[] = [
  { href: "/account", text: "Profile" },
  { href: "/account/orders", text: "Orders" },
  { href: "/account/settings", text: "Settings" },
  { href: "/account/privacy", text: "Privacy" },
];

/** Links in the member's menu. */
export const MENU_LINKS: readonly Link[] = [
  { href: "/account", text: "Your account" },
  { href: "/account/orders", text: "Your orders" },
];
