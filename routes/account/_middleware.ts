import { wix } from "@/lib/wix.ts";

/** Everything below /account is for members. */
// #region guard
export default wix.requireMember();
// #endregion
