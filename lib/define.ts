/**
 * The state that steps give to handlers and pages.
 *
 * @module
 */
import type { MemberSession, WixState } from "@fresh-wix/core";
import { createDefine } from "fresh";

/** `ctx.state` in every handler, page and step. Add what your app needs. */
export interface State extends WixState {}

/** The same below a guard, where a member is logged in. */
export interface MemberState extends State {
  session: MemberSession;
}

/** Fresh's `define`, typed with {@link State}. */
export const define = createDefine<State>();

/** For folders behind `wix.requireMember()`: `session.member` is there. */
export const defineForMembers = createDefine<MemberState>();
