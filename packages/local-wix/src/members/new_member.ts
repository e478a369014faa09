import type { Backend } from "../backend.ts";
import type { JsonObject } from "../http/json.ts";
import { textIn } from "../http/parse.ts";
import type { Member } from "./member.ts";
import { freeSlug } from "./slug.ts";

/**
 * A new member, not kept yet. `details` may name `firstName`, `lastName`,
 * `nickname`, `slug`, `title`, `phones` and `privacyStatus`.
 *
 * Wix derives the slug from the nickname, else from the login e-mail, and makes
 * new members private.
 */
export function newMember(
  { store, now, newId }: Backend,
  loginEmail: string,
  details: JsonObject,
): Member {
  const date = new Date(now()).toISOString();
  const [mailbox = ""] = loginEmail.split("@");
  const nickname = textIn(details.nickname) ?? textIn(details.firstName) ??
    mailbox;
  const phones = Array.isArray(details.phones) ? details.phones : [];
  return {
    id: newId(),
    loginEmail,
    loginEmailVerified: false,
    status: "APPROVED",
    contactId: newId(),
    privacyStatus: details.privacyStatus === "PUBLIC" ? "PUBLIC" : "PRIVATE",
    activityStatus: "ACTIVE",
    profile: {
      nickname,
      slug: freeSlug(store, textIn(details.slug) ?? nickname),
      photo: null,
      cover: null,
      title: textIn(details.title) ?? "",
    },
    contact: {
      firstName: textIn(details.firstName) ?? "",
      lastName: textIn(details.lastName) ?? "",
      phones: phones.filter((phone) => typeof phone === "string"),
      emails: [loginEmail],
      addresses: [],
      customFields: {},
    },
    createdDate: date,
    updatedDate: date,
  };
}

/** The member who logs in with this e-mail; case does not matter. */
export function findByEmail(
  members: readonly Member[],
  email: string,
): Member | undefined {
  const wanted = email.toLowerCase();
  return members.find(({ loginEmail }) => loginEmail.toLowerCase() === wanted);
}

/** Whether `text` can be an e-mail address. */
export function isEmail(text: string): boolean {
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text);
}
