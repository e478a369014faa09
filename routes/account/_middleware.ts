import { wix } from "@/lib/wix.ts";

/** All pages below /account are for members only. */
// #region guard
export default wix.requireMember();
// #endregion
