/**
 * The member who is logged in, as Wix knows them.
 *
 * @see https://dev.wix.com/docs/sdk/backend-modules/members/members/get-current-member
 * @module
 */
import { members } from "@wix/members";

/**
 * Returns all that Wix tells members about themselves, `undefined` on sites
 * without profiles.
 *
 * @throws {WixError} when Wix refuses or does not respond.
 */
export async function currentMember(): Promise<members.Member | undefined> {
  const { member } = await members.getCurrentMember({ fieldsets: ["FULL"] });
  return member;
}
