import { invalidField } from "../http/errors.ts";
import type { JsonObject } from "../http/json.ts";
import { objectIn, textIn } from "../http/parse.ts";
import type { Checkout, Recipient } from "./checkout.ts";
import { textOf } from "../http/json.ts";

/** What a client may say about a checkout, besides its lines. */
export type CheckoutFields = Partial<
  Pick<Checkout, "email" | "recipient" | "shippingCode" | "buyerNote">
>;

/** The fields of a `checkout` or `checkoutInfo` that local Wix keeps. */
export function readCheckoutFields(
  checkout: JsonObject,
  field: string,
): CheckoutFields {
  const part = (of: JsonObject, name: string) =>
    objectIn(of[name], `${field}.${name}`);
  const shipping = part(checkout, "shippingInfo");
  const billing = part(checkout, "billingInfo");
  const destination = part(shipping, "shippingDestination");
  const { code } = part(shipping, "selectedCarrierServiceOption");
  const { email } = part(checkout, "buyerInfo");
  const recipient = {
    ...readRecipient(billing, field),
    ...readRecipient(destination, field),
  };
  return {
    ...(textIn(email) && { email: textIn(email) ?? "" }),
    ...(textIn(code) && { shippingCode: textIn(code) ?? "" }),
    ...(typeof checkout.buyerNote === "string" &&
      { buyerNote: checkout.buyerNote }),
    ...(Object.keys(recipient).length > 0 && { recipient }),
  };
}

/** The recipient in an object with `address` and `contactDetails`. */
export function readRecipient(value: JsonObject, field: string): Recipient {
  const address = objectIn(value.address, `${field}.address`);
  const contact = objectIn(value.contactDetails, `${field}.contactDetails`);
  const { country } = address;
  if (country !== undefined && !/^[A-Z]{2}$/.test(textOf(country))) {
    const text = "country must be two capital letters";
    throw invalidField(`${field}.address.country`, text, "FORMAT");
  }
  return {
    ...texts(address, [
      "country",
      "subdivision",
      "city",
      "postalCode",
      "addressLine",
    ]),
    ...texts(contact, ["firstName", "lastName", "phone"]),
  };
}

function texts<T extends string>(
  from: JsonObject,
  names: readonly T[],
): Partial<Record<T, string>> {
  const found: Partial<Record<T, string>> = {};
  for (const name of names) {
    const text = textIn(from[name]);
    if (text) found[name] = text;
  }
  return found;
}
