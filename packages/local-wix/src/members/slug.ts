import type { Call } from "../call.ts";
import { applicationError, invalidField } from "../http/errors.ts";
import { readJson } from "../http/request.ts";
import type { Store } from "../store.ts";
import {
  callingMember,
  changeableMember,
  replyWithSaved,
} from "./change_member.ts";
import type { Member } from "./member.ts";

/** UNDOCUMENTED: which slugs Wix takes. Here 1 to 255 letters, digits, `-_.`. */
const SLUG = /^[\p{L}\p{N}._-]{1,255}$/u;

/** `POST /members/v1/members/my/slug` */
export async function updateMySlug(call: Call): Promise<Response> {
  return await changeSlug(call, callingMember(call));
}

/** `POST /members/v1/members/{id}/slug` */
export async function updateMemberSlug(call: Call): Promise<Response> {
  return await changeSlug(call, changeableMember(call));
}

/**
 * UNDOCUMENTED: the status of SLUG_ALREADY_EXISTS. Here 409, as Wix's list of
 * error codes has it for ALREADY_EXISTS.
 */
async function changeSlug(call: Call, member: Member): Promise<Response> {
  const { slug } = await readJson(call.request);
  if (typeof slug !== "string" || !SLUG.test(slug)) {
    throw invalidField("slug", "slug is missing or has characters it may not");
  }
  const owner = findBySlug(call.backend.store, slug);
  if (owner && owner.id !== member.id) {
    const text = "Another member has this slug";
    throw applicationError(409, "SLUG_ALREADY_EXISTS", text, { slug });
  }
  const profile = { ...member.profile, slug };
  return replyWithSaved(call, { ...member, profile });
}

/** `text` as a slug that no member of the store has. */
export function freeSlug(store: Store, text: string): string {
  const base = text.toLowerCase().replace(/[^\p{L}\p{N}._-]+/gu, "-")
    .replace(/^-|-$/g, "") || "member";
  let slug = base;
  for (let number = 1; findBySlug(store, slug); number++) {
    slug = `${base}${number}`;
  }
  return slug;
}

/** Slugs are case-sensitive. */
function findBySlug({ members }: Store, slug: string): Member | undefined {
  return members.find(({ profile }) => profile.slug === slug);
}
