/**
 * The forms of the cart's page: one action each.
 *
 * @module
 */
import { readForm, singleValue } from "@fresh-wix/core";
import { HttpError } from "fresh";
import {
  type CartChange,
  type CartProblem,
  type CartResult,
  changeCart,
  MAX_NOTE_LENGTH,
  MAX_QUANTITY,
} from "./cart.ts";
import { readQuantity } from "./product_form.ts";

/** Wix's ids. */
const GUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;
const MAX_CODE_LENGTH = 50;

/** Makes the change that a form of the cart's page asks for. */
export async function submitCartForm(
  request: Parameters<typeof readForm>[0],
): Promise<CartResult> {
  const change = readCartForm(await readForm(request));
  return "action" in change ? await changeCart(change) : { problem: change };
}

/**
 * Returns the change that a form asks for, or what is wrong with it.
 *
 * @throws {HttpError} 400 for what no form of the page sends.
 */
export function readCartForm(form: URLSearchParams): CartChange | CartProblem {
  const read = (name: string) => (singleValue(form, name) ?? "").trim();
  const readId = (name: string) => {
    const id = read(name);
    if (!GUID.test(id)) throw new HttpError(400);
    return id;
  };
  const action = read("action");
  switch (action) {
    case "set-quantity": {
      const lineId = readId("lineId");
      const quantity = readQuantity(read("quantity"));
      return quantity === undefined
        ? { lineId, text: `Enter a number from 0 to ${MAX_QUANTITY}.` }
        : { action, lineId, quantity };
    }
    case "remove":
      return { action, lineId: readId("lineId") };
    case "add-coupon": {
      const code = read("code");
      if (code === "") return { field: "coupon", text: "Enter a code." };
      return code.length > MAX_CODE_LENGTH
        ? { field: "coupon", text: "Unknown coupon code." }
        : { action, code };
    }
    case "remove-coupon":
      return { action, couponId: readId("couponId") };
    case "set-note": {
      const note = read("note");
      return note.length > MAX_NOTE_LENGTH
        ? { field: "note", text: `At most ${MAX_NOTE_LENGTH} characters.` }
        : { action, note };
    }
    default:
      throw new HttpError(400);
  }
}
