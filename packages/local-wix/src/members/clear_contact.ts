import type { Call, Handler } from "../call.ts";
import { changeableMember, replyWithSaved } from "./change_member.ts";

/** `DELETE /members/v1/members/{id}/phones` */
export const deleteMemberPhones = clear("phones");

/** `DELETE /members/v1/members/{id}/emails`: the login e-mail stays. */
export const deleteMemberEmails = clear("emails");

/** `DELETE /members/v1/members/{id}/addresses` */
export const deleteMemberAddresses = clear("addresses");

function clear(list: "phones" | "emails" | "addresses"): Handler {
  return (call: Call) => {
    const member = changeableMember(call);
    const contact = { ...member.contact, [list]: [] };
    return replyWithSaved(call, { ...member, contact });
  };
}
