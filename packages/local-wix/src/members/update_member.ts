import type { Call } from "../call.ts";
import { invalidField } from "../http/errors.ts";
import type { JsonObject } from "../http/json.ts";
import { objectIn } from "../http/parse.ts";
import { readJson } from "../http/request.ts";
import { changeableMember, replyWithSaved } from "./change_member.ts";
import type { Member } from "./member.ts";
import { readAddresses } from "./member_addresses.ts";

/** UNDOCUMENTED: the longest name Wix takes. Here 100 characters. */
const MAX_TEXT_LENGTH = 100;
const MAX_PHONE_LENGTH = 50;

/**
 * `PATCH /members/v1/members/{id}`: what is sent replaces what is there, lists
 * as a whole; the rest stays. An empty list changes nothing, as Wix says: there
 * are calls of their own for that. Fields that Wix calls immutable are ignored.
 */
export async function updateMember(call: Call): Promise<Response> {
  const present = changeableMember(call);
  const { member } = await readJson(call.request);
  const sent = objectIn(member, "member");
  const addresses = readAddresses(
    objectIn(sent.contact, "member.contact").addresses,
    call.backend.newId,
  );
  const changed = changes(present, sent);
  const contact = { ...present.contact, ...changed.contact, ...addresses };
  return replyWithSaved(call, { ...present, ...changed, contact });
}

function changes(present: Member, sent: JsonObject): Partial<Member> {
  const contact = objectIn(sent.contact, "member.contact");
  const profile = objectIn(sent.profile, "member.profile");
  return {
    contact: {
      ...present.contact,
      ...texts(contact, CONTACT_TEXTS, "member.contact"),
      ...phones(contact),
    },
    profile: {
      ...present.profile,
      ...texts(profile, PROFILE_TEXTS, "member.profile"),
    },
    ...privacy(sent),
  };
}

const CONTACT_TEXTS = [
  "firstName",
  "lastName",
  "birthdate",
  "company",
  "jobTitle",
] as const;
const PROFILE_TEXTS = ["nickname", "title"] as const;

function texts<T extends string>(
  sent: JsonObject,
  names: readonly T[],
  parent: string,
): Partial<Record<T, string>> {
  const found: Partial<Record<T, string>> = {};
  for (const name of names) {
    const value = sent[name];
    if (value === undefined) continue;
    found[name] = text(value ?? "", `${parent}.${name}`, MAX_TEXT_LENGTH);
  }
  return found;
}

function phones({ phones }: JsonObject): { phones?: string[] } {
  if (phones === undefined || phones === null) return {};
  const field = "member.contact.phones";
  if (!Array.isArray(phones)) throw invalidField(field, "phones is a list");
  if (phones.length === 0) return {};
  return { phones: phones.map((item) => text(item, field, MAX_PHONE_LENGTH)) };
}

function privacy({ privacyStatus }: JsonObject): Partial<Member> {
  if (privacyStatus === undefined) return {};
  if (privacyStatus === "PUBLIC" || privacyStatus === "PRIVATE") {
    return { privacyStatus };
  }
  throw invalidField("member.privacyStatus", "Must be PUBLIC or PRIVATE");
}

function text(value: unknown, field: string, max: number): string {
  if (typeof value !== "string") {
    throw invalidField(field, `${field} must be a text`);
  }
  if (value.length <= max) return value;
  const description = `${field} has more than ${max} characters`;
  throw invalidField(field, description, "MAX_LENGTH", { threshold: max });
}
