/**
 * Reads the current member from Wix.
 *
 * @see https://dev.wix.com/docs/sdk/backend-modules/members/members/get-current-member
 * @module
 */
import { members } from "@wix/members";

/**
 * Returns the current member with all fields that members can read; `undefined`
 * on sites without profiles.
 *
 * @throws {WixError} when Wix refuses the call or does not respond.
 */
export async function currentMember(): Promise<members.Member | undefined> {
  const { member } = await members.getCurrentMember({ fieldsets: ["FULL"] });
  return member;
}
