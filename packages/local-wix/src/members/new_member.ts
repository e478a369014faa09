import type { Backend } from "../backend.ts";
import { type JsonObject, textIn, textsIn } from "../http/json.ts";
import type { Store } from "../store.ts";
import type { Member } from "./member.ts";

/**
 * A new member, not kept yet. `details` may name `firstName`, `lastName`,
 * `nickname`, `slug`, `title`, `phones` and `privacyStatus`.
 *
 * Wix derives the slug from the nickname, else from the login email, and makes
 * new members private.
 */
export function newMember(
  { store, isoNow: date, newId }: Backend,
  loginEmail: string,
  details: JsonObject,
): Member {
  const [mailbox = ""] = loginEmail.split("@");
  const nickname = textIn(details.nickname) ?? textIn(details.firstName) ??
    mailbox;
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
      phones: textsIn(details.phones),
      emails: [loginEmail],
      addresses: [],
      customFields: {},
    },
    createdDate: date,
    updatedDate: date,
  };
}

/** The member with this slug; slugs are case-sensitive. */
export function findBySlug(
  { members }: Store,
  slug: string,
): Member | undefined {
  return members.list.find(({ profile }) => profile.slug === slug);
}

/** `text` as a slug that no member of the store has. */
function freeSlug(store: Store, text: string): string {
  const base = text.toLowerCase().replace(/[^\p{L}\p{N}._-]+/gu, "-")
    .replace(/^-|-$/g, "") || "member";
  let slug = base;
  for (let number = 1; findBySlug(store, slug); number++) {
    slug = `${base}${number}`;
  }
  return slug;
}
