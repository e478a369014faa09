import { invalidField } from "../http/errors.ts";
import { isRecord } from "../http/json.ts";
import { textIn } from "../http/parse.ts";
import type { NewId } from "../new_id.ts";
import type { MemberAddress } from "./member.ts";

/** The addresses of an update; nothing when none are sent. */
export function readAddresses(
  sent: unknown,
  newId: NewId,
): { addresses?: readonly MemberAddress[] } {
  if (sent === undefined || sent === null) return {};
  const field = "member.contact.addresses";
  if (!Array.isArray(sent)) throw invalidField(field, "addresses is a list");
  if (sent.length === 0) return {};
  return {
    addresses: sent.map((item) => {
      if (isRecord(item)) return readAddress(item, newId);
      throw invalidField(field, "An address must be an object");
    }),
  };
}

function readAddress(
  sent: Record<string, unknown>,
  newId: NewId,
): MemberAddress {
  const addressLine2 = textIn(sent.addressLine2);
  const subdivision = textIn(sent.subdivision);
  return {
    id: textIn(sent.id) ?? newId(),
    addressLine: textIn(sent.addressLine) ?? "",
    ...(addressLine2 && { addressLine2 }),
    city: textIn(sent.city) ?? "",
    ...(subdivision && { subdivision }),
    country: textIn(sent.country) ?? "",
    postalCode: textIn(sent.postalCode) ?? "",
  };
}
