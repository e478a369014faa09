/**
 * The pages of the site, as tests walk through all of them.
 *
 * @module
 */
import { ANN, BEN } from "./site.ts";

/** A page, and in what state a browser opens it. */
export interface PageCase {
  readonly name: string;
  readonly path: string;
  /** E-mail of the member who opens it; missing for a visitor. */
  readonly who?: string;
  /** What the form on the page before left in the flash cookie. */
  readonly flash?: string;
}

/** Every page. */
export const PAGES: readonly PageCase[] = [
  { name: "home", path: "/" },
  { name: "members", path: "/members" },
  { name: "elevation", path: "/elevation" },
  { name: "islands", path: "/islands?name=A" },
  { name: "not-found", path: "/no-such-page" },
  { name: "login-failed", path: "/api/auth/callback" },
  { name: "goodbye", path: "/goodbye", flash: "deleted" },
  { name: "home-member", path: "/", who: ANN },
  { name: "account", path: "/account", who: ANN },
  { name: "orders", path: "/account/orders", who: ANN },
  {
    name: "order",
    path: "/account/orders/00000003-0000-4000-8000-000000000412",
    who: ANN,
  },
  { name: "orders-filtered", path: "/account/orders?to=2020-01-01", who: ANN },
  { name: "orders-none", path: "/account/orders", who: BEN },
  { name: "settings", path: "/account/settings", who: ANN },
  { name: "privacy", path: "/account/privacy", who: ANN },
  { name: "delete", path: "/account/delete", who: ANN },
  { name: "vip-refused", path: "/account/vip", who: BEN },
];
