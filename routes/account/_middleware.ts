import { define } from "@/lib/define.ts";
import { requireMember } from "@/packages/fresh-wix/src/session/guard.ts";

/** Everything below /account is for members. */
// #region guard
export default define.middleware((ctx) => {
  requireMember(ctx.state.session);
  return ctx.next();
});
// #endregion
