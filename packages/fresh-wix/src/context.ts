// Structural types for Fresh's context: unlike Fresh's class type, they accept
// `Context<State>` for every `State` that extends {@link WixState}.

import type { VNode } from "preact";
import type { Session } from "./session/session_view.ts";

/** Extend your app's `State` from it: `interface State extends WixState {}`. */
export interface WixState {
  /** The current user's session; set by `wix.session`. */
  session: Session;
  /** Title of the page, without the site's name; error pages set it. */
  title?: string;
}

/** The part of Fresh's `Context` that the engine uses. */
export interface WixContext {
  /** The request. */
  readonly req: Request;
  /** Its URL, as Fresh normalizes it. */
  readonly url: URL;
  /** Pattern of the matched route, such as `/orders/:id`; `null` for none. */
  readonly route: string | null;
  /** Shared by everything that handles this request. */
  readonly state: WixState;
  /** Runs the rest of the request. */
  next(): Promise<Response>;
  /** Returns a redirect, 302 unless `status` says otherwise. */
  redirect(to: string, status?: number): Response;
  /** Renders a page in the app's own layout. */
  render(
    // deno-lint-ignore no-explicit-any -- as Fresh: `h(Component, props)` fits no `VNode<{}>`
    vnode: VNode<any> | null,
    init?: ResponseInit,
  ): Promise<Response>;
}

/** A middleware or a handler of the engine; fits Fresh's types. */
export type WixStep = (ctx: WixContext) => Promise<Response>;
