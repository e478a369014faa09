import * as v from "valibot";
import type { Call, Handler } from "../call.ts";
import { applicationError, invalidField } from "../http/errors.ts";
import { isRecord, textsIn } from "../http/json.ts";
import { readJson, readQuery } from "../http/request.ts";
import { writeReply } from "../http/response.ts";
import {
  carriedObject,
  limitedText,
  objectIn,
  optionalText,
  refuseFields,
  requireEmail,
  validate,
} from "../http/validate.ts";
import { compileFilter } from "../query/filter.ts";
import type { Store } from "../store.ts";
import { callingMember, changeableMember, saveMember } from "./access.ts";
import { findByEmail, type Member } from "./member.ts";
import { findBySlug, newMember } from "./new_member.ts";
import { compileSearch, FILTER_FIELDS } from "./read_members.ts";

/** UNDOCUMENTED: the longest name Wix accepts. Here 100 characters. */
const NAME = v.exactOptional(limitedText(100));

const ADDRESS = carriedObject({
  id: optionalText,
  addressLine: v.fallback(v.string(), ""),
  addressLine2: optionalText,
  city: v.fallback(v.string(), ""),
  subdivision: optionalText,
  country: v.fallback(v.string(), ""),
  postalCode: v.fallback(v.string(), ""),
});

const NOT_CARRIED = [
  "member.contact.customFields",
  "member.profile.photo",
  "member.profile.cover",
];

const UPDATE = v.object({
  contact: v.nullish(
    v.object({
      firstName: NAME,
      lastName: NAME,
      birthdate: NAME,
      company: NAME,
      jobTitle: NAME,
      phones: v.nullish(v.array(v.pipe(v.string(), v.maxLength(50))), []),
      addresses: v.nullish(v.array(ADDRESS), []),
    }),
    {},
  ),
  profile: v.nullish(v.object({ nickname: NAME, title: NAME }), {}),
  privacyStatus: v.exactOptional(v.picklist(["PUBLIC", "PRIVATE"])),
});

/**
 * `PATCH /members/v1/members/{id}`: what is sent replaces what is there, lists
 * as a whole; the rest stays. An empty list changes nothing, as Wix says: there
 * are calls of their own for that. Fields that Wix calls immutable are ignored.
 */
export async function updateMember(call: Call): Promise<Response> {
  const present = changeableMember(call);
  const body = await readJson(call.request);
  refuseFields(body, ...NOT_CARRIED);
  const { contact, profile, ...privacy } = validate(
    UPDATE,
    body.member ?? {},
    "member",
  );
  const { phones, addresses, ...names } = contact;
  return saveMember(call, {
    ...present,
    ...privacy,
    contact: {
      ...present.contact,
      ...names,
      ...(phones.length > 0 && { phones }),
      ...(addresses.length > 0 && {
        addresses: addresses.map((
          { addressLine2, subdivision, ...address },
        ) => ({
          ...address,
          id: address.id ?? call.backend.newId(),
          ...(addressLine2 && { addressLine2 }),
          ...(subdivision && { subdivision }),
        })),
      }),
    },
    profile: { ...present.profile, ...profile },
  });
}

/** Empties a list of the contact details; the login email stays. */
export function clearContact(
  list: "phones" | "emails" | "addresses",
): Handler {
  return (call) => {
    const member = changeableMember(call);
    const contact = { ...member.contact, [list]: [] };
    return saveMember(call, { ...member, contact });
  };
}

/** Sets statuses of the member in the path. */
export function changeTo(change: Partial<Member>): Handler {
  return (call) => saveMember(call, { ...changeableMember(call), ...change });
}

/** Opens the calling member's profile to others, or closes it. */
export function setPrivacy(
  privacyStatus: "PUBLIC" | "PRIVATE",
): Handler {
  return (call) => saveMember(call, { ...callingMember(call), privacyStatus });
}

/** UNDOCUMENTED: which slugs Wix accepts. Here 1 to 255 letters, digits, `-_.`. */
const SLUG = /^[\p{L}\p{N}._-]{1,255}$/u;

/**
 * UNDOCUMENTED: the status of SLUG_ALREADY_EXISTS. Here 409, as Wix's list of
 * error codes has it for ALREADY_EXISTS.
 */
export function updateSlug(find: (call: Call) => Member): Handler {
  return async (call) => {
    const member = find(call);
    const { slug } = await readJson(call.request);
    if (typeof slug !== "string" || !SLUG.test(slug)) {
      throw invalidField("slug", "slug is missing or has invalid characters");
    }
    const owner = findBySlug(call.backend.store, slug);
    if (owner && owner.id !== member.id) {
      const text = "Another member has this slug";
      throw applicationError(409, "SLUG_ALREADY_EXISTS", text, { slug });
    }
    const profile = { ...member.profile, slug };
    return saveMember(call, { ...member, profile });
  };
}

/**
 * `POST /members/v1/members`
 *
 * UNDOCUMENTED: creating a member with an email that is taken. Here it is
 * 409 ALREADY_EXISTS.
 */
export async function createMember(
  { request, backend }: Call,
): Promise<Response> {
  const body = await readJson(request);
  refuseFields(
    body,
    ...["addresses", "birthdate", "company", "jobTitle"].map((name) =>
      `member.contact.${name}`
    ),
    ...NOT_CARRIED,
  );
  const sent = objectIn(body.member, "member");
  const email = requireEmail(sent.loginEmail, "member.loginEmail");
  if (findByEmail(backend.store.members, email)) {
    const text = "Another member has this email";
    throw applicationError(409, "ALREADY_EXISTS", text);
  }
  const member = newMember(backend, email, {
    ...objectIn(sent.contact, "member.contact"),
    ...objectIn(sent.profile, "member.profile"),
    privacyStatus: sent.privacyStatus,
  });
  backend.store.members.put(member);
  return writeReply({ member });
}

/** Deletes one member: they are logged out everywhere. */
export function deleteMember(find: (call: Call) => Member): Handler {
  return (call) => {
    refuseFields(readQuery(call.url), "contentAssigneeId");
    call.backend.store.removeMember(find(call).id);
    return writeReply({});
  };
}

/** `POST /members/v1/members/bulk/delete` */
export async function bulkDeleteMembers(call: Call): Promise<Response> {
  const ids = textsIn((await readJson(call.request)).memberIds);
  if (ids.length === 0) throw invalidField("memberIds", "memberIds is empty");
  const error = {
    code: "MEMBER_NOT_FOUND",
    description: "Member not found",
  };
  const results = ids.map((id, originalIndex) => {
    const success = call.backend.store.removeMember(id);
    const item = { id, originalIndex, success };
    return { itemMetadata: success ? item : { ...item, error } };
  });
  const totalSuccesses =
    results.filter(({ itemMetadata }) => itemMetadata.success).length;
  const totalFailures = results.length - totalSuccesses;
  return writeReply({
    results,
    bulkActionMetadata: {
      totalSuccesses,
      totalFailures,
      undetailedFailures: 0,
    },
  });
}

/**
 * UNDOCUMENTED: when the job of a bulk call by filter runs. Here it is done
 * before the response, so that a test can look at once.
 */
export function byFilter(run: (store: Store, member: Member) => void): Handler {
  return async ({ request, backend }) => {
    const body = await readJson(request);
    refuseFields(body, "contentAssigneeId");
    const { filter, search } = body;
    if (!isRecord(filter)) throw invalidField("filter", "filter is required");
    const matches = compileFilter(filter, FILTER_FIELDS);
    const mentions = compileSearch(search);
    backend.store.members.list
      .filter((member) => matches(member) && mentions(member))
      .forEach((member) => run(backend.store, member));
    return writeReply({ jobId: backend.newId() });
  };
}
