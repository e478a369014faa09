import { App, createDefine } from "fresh";
import {
  assertMember,
  createWix,
  GuardedApp,
  type MemberSession,
  type Session,
  type Wix,
  type WixState,
} from "../src/mod.ts";

interface State extends WixState {
  count: number;
}

interface MemberState extends State {
  session: MemberSession;
}

/** Never called: types only. */
export function usesOfAnApp(wix: Wix, session: Session): void {
  const define = createDefine<State>();
  const defineForMembers = createDefine<MemberState>();

  new GuardedApp<State>(wix)
    .use(wix.requestGuard, wix.requestLog, wix.session)
    .get("/login", wix.login.GET);
  define.handlers(wix.logout);
  define.middleware(wix.requireMember());
  wix.mount(new App<State>());
  // @ts-expect-error The app's State has no session.
  wix.mount(new App<{ count: number }>());

  define.handlers((ctx) => {
    // @ts-expect-error A visitor has no name.
    ctx.state.session.member.name;
    assertMember(ctx.state.session);
    return new Response(ctx.state.session.member.name);
  });
  defineForMembers.handlers((ctx) =>
    new Response(ctx.state.session.member.name)
  );
  // @ts-expect-error Pages never see a token.
  session.tokens;
  // @ts-expect-error Settings are looked up by a function.
  createWix({ env: {} });
}
