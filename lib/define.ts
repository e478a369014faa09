/**
 * Fresh's `define` helpers, typed with the state of this site.
 *
 * @module
 */
import type { MemberSession, WixState } from "@fresh-wix/core";
import { createDefine } from "fresh";
import type { Seo } from "@/components/SeoTags.tsx";

/** `ctx.state` in handlers, pages and middleware. Add your own fields here. */
export interface State extends WixState {
  // #region shop
  /** Number of items in the cart, and the member it belongs to. */
  cart?: { readonly count: number; readonly owner: string };
  /** Lets Deno Deploy's cache store the page; see `lib/shop/cdn.ts`. */
  cacheTags?: readonly string[];
  // #endregion
  /** Metadata for search engines and link previews. */
  seo?: Seo;
}

/** `ctx.state` behind a guard, where the user is a member. */
export interface MemberState extends State {
  session: MemberSession;
}

/** Fresh's `define`, typed with {@link State}. */
export const define = createDefine<State>();

/** `define` for folders behind `wix.requireMember()`: `session` is a member's. */
export const defineForMembers = createDefine<MemberState>();
