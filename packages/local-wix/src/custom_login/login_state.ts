import type { Backend } from "../backend.ts";
import { permissionDenied } from "../http/errors.ts";
import { loginRefusal } from "../members/login_refusal.ts";
import type { Member } from "../members/member.ts";
import { signNote } from "./signed_notes.ts";
import { needsVerification } from "./triggers.ts";

/**
 * How far `member` has got in logging in, as custom login answers it.
 *
 * UNDOCUMENTED: the answer to a blocked member. Here it is 403.
 */
export function loginState({ now }: Backend, member: Member) {
  const { id, loginEmail, loginEmailVerified, status } = member;
  if (needsVerification(loginEmail) && !loginEmailVerified) {
    const stateToken = signNote("verification", id, now());
    return { state: "REQUIRE_EMAIL_VERIFICATION", stateToken };
  }
  if (status === "PENDING") return { state: "REQUIRE_OWNER_APPROVAL" };
  const refusal = loginRefusal(member);
  if (refusal) throw permissionDenied(refusal);
  const sessionToken = signNote("session", id, now());
  return { state: "SUCCESS", sessionToken, identity: identityOf(member) };
}

/** `member` as the identity APIs describe them. */
export function identityOf(member: Member) {
  const { id, loginEmail, loginEmailVerified, contact, profile } = member;
  return {
    id,
    createdDate: member.createdDate,
    updatedDate: member.updatedDate,
    identityProfile: {
      firstName: contact.firstName,
      lastName: contact.lastName,
      nickname: profile.nickname,
    },
    email: { address: loginEmail, isVerified: loginEmailVerified },
    status: { name: "ACTIVE", reasons: [] },
  };
}
