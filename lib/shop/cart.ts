/**
 * The current cart of the visitor or member, with Wix's Cart V2. Its calls are
 * never elevated: an order would have no buyer.
 *
 * @see https://dev.wix.com/docs/api-reference/business-solutions/e-commerce/purchase-flow/cart-v2
 * @module
 */
import { readForm, type Session, singleValue } from "@fresh-wix/core";
import { toWixError } from "@fresh-wix/core/errors";
import { currentCartV2, type orders } from "@wix/ecom";
import { HttpError } from "fresh";
import { isGuid } from "@/lib/guid.ts";
import {
  type Cart,
  type CartView,
  countPieces,
  lineProblem,
  toCartView,
} from "./cart_views.ts";
import { findProducts } from "./catalog.ts";

/** A product with the buyer's choices: id, variant, modifiers and texts. */
export type NewLine = currentCartV2.CatalogItemInput;

/** Why a change was not made, or only in part. */
export interface CartProblem {
  /** Id of a line or name of a field; missing for the cart as a whole. */
  readonly about?: string;
  readonly text: string;
  /** The coupon as it was typed. */
  readonly code?: string;
}

/** What a change did. */
export interface CartResult {
  /** Number of items in the cart now, if known. */
  readonly count?: number | undefined;
  readonly problem?: CartProblem | undefined;
}

/** The id of Wix Stores, with which carts refer to its products. */
export const STORES_APP_ID = "215238eb-22a5-4c36-9e7b-e7c08025e04e";
/** Codes of a response for a user who has no cart. */
const NO_CART = ["CURRENT_CART_NOT_FOUND", "OWNED_CART_NOT_FOUND"];

/**
 * Returns the current cart, with Wix's totals. Without a session there is none,
 * and Wix is not called: bots that open the cart start no session.
 */
export async function readCart(session: Session): Promise<CartView> {
  if (session.startedAt === undefined) return toCartView();
  try {
    const { cart, summary } = await currentCartV2.estimateCurrentCart({
      validationConfig: "PRE_CHECKOUT_VALIDATIONS",
    });
    const ids = (cart?.lineItems ?? []).flatMap(({ source }) =>
      source?.catalogReference?.catalogItemId ?? []
    );
    return toCartView(cart, summary, await findProducts(ids));
  } catch (error) {
    const { status, code = "", data } = toWixError(error) ?? {};
    // Wix has nothing to estimate: no cart, or one without lines.
    if (status === 404 || NO_CART.includes(code)) return toCartView();
    if (code !== "CART_ALREADY_ORDERED") throw error;
    const { orderId } = (data ?? {}) as ErrorData;
    return toCartView({ orderPlaced: true, ...(orderId && { orderId }) });
  }
}

/**
 * Adds products to the current cart; creates one if there is none, or if it has
 * been ordered.
 *
 * @throws {WixError} for failures that the buyer can't fix.
 */
export async function addToCart(
  lines: readonly NewLine[],
): Promise<CartResult> {
  const catalogItems = [...lines];
  return await attempt(async () => {
    try {
      return await currentCartV2.addLineItemsToCurrentCart({ catalogItems });
    } catch (error) {
      const code = toWixError(error)?.code ?? "";
      if (![...NO_CART, "CART_ALREADY_ORDERED"].includes(code)) throw error;
      return await currentCartV2.createCurrentCart({ catalogItems });
    }
  }, { check: (cart) => addProblem(cart, lines) });
}

/** Wix may respond 200 and have added nothing, or less. */
function addProblem(
  { lineItems = [] }: Cart,
  added: readonly NewLine[],
): CartProblem | undefined {
  for (const { catalogReference: wanted } of added) {
    const line = lineItems.find(({ source }) => {
      const { catalogItemId, options } = source?.catalogReference ?? {};
      return catalogItemId === wanted?.catalogItemId &&
        options?.variantId === wanted?.options?.variantId;
    });
    if (line === undefined) return { text: "The product was not added." };
    const text = lineProblem(line);
    if (text !== undefined) return { about: line._id ?? "", text };
  }
  return undefined;
}

/**
 * Adds the items of an order to the cart, if the shop still has them. `count`
 * is `undefined` if none were added.
 */
export async function orderAgain(
  { lineItems = [] }: orders.Order,
): Promise<{ count: number | undefined; isComplete: boolean }> {
  // Only products: no gift cards of other apps, no lines made by hand.
  const lines = lineItems.flatMap(({ catalogReference, quantity = 1 }) => {
    const { appId, catalogItemId, options = {} } = catalogReference ?? {};
    return appId === STORES_APP_ID && catalogItemId
      ? [{ quantity, catalogReference: { appId, catalogItemId, options } }]
      : [];
  });
  if (lines.length === 0) return { count: undefined, isComplete: false };
  const all = await addToCart(lines);
  if (all.problem === undefined) {
    return { count: all.count, isComplete: lines.length === lineItems.length };
  }
  // Wix adds all lines or none; these are added one by one.
  let { count } = all;
  for (const line of count === undefined ? lines : []) {
    count = (await addToCart([line])).count ?? count;
  }
  return { count, isComplete: false };
}

type Read = (name: string) => string;
type Reply = { readonly cart?: Cart | undefined };

/** The actions of the cart page's buttons, by value. */
const ACTIONS: Readonly<Record<string, (read: Read) => Promise<Reply>>> = {
  async "set-quantity"(read) {
    const quantity = readQuantity(read("quantity"));
    const lineItemId = readId(read("lineId"));
    if (quantity === undefined) throw new HttpError(400);
    return quantity === 0
      ? await currentCartV2.removeLineItemsFromCurrentCart([lineItemId])
      : await currentCartV2.updateLineItemsInCurrentCart({
        lineItems: [{ lineItemId, quantity: { newQuantity: quantity } }],
      });
  },
  remove: async (read) =>
    await currentCartV2.removeLineItemsFromCurrentCart([
      readId(read("lineId")),
    ]),
  "add-coupon": async (read) =>
    await currentCartV2.addCouponToCurrentCart({ code: read("code") }),
  "remove-coupon": async (read) =>
    await currentCartV2.removeCouponFromCurrentCart(readId(read("couponId"))),
  "set-note": async (read) =>
    await currentCartV2.updateCurrentCart({ note: read("note") }),
};

/**
 * Makes the change that a form on the cart page requests.
 *
 * @throws {HttpError} 400 for an unknown action or invalid value.
 * @throws {WixError} for failures that the buyer can't fix.
 */
export async function changeCart(
  request: Parameters<typeof readForm>[0],
): Promise<CartResult> {
  const form = await readForm(request);
  const read: Read = (name) => {
    const value = (singleValue(form, name) ?? "").trim();
    if (value.length > MAX_LENGTH) throw new HttpError(400);
    return value;
  };
  const action = read("action");
  if (!Object.hasOwn(ACTIONS, action)) throw new HttpError(400);
  const about = read("lineId") || action.replace(/.*-/, "");
  return await attempt(async () => await ACTIONS[action]?.(read) ?? {}, {
    about: { about, code: read("code") },
    done: DONE[action],
  });
}

/** Of a note, as Wix takes it. */
const MAX_LENGTH = 1_000;
/** Codes that mean that the cart is already as wanted: a form was sent twice. */
const DONE: Readonly<Record<string, string>> = {
  remove: "LINE_ITEM_NOT_FOUND_IN_CART",
  "add-coupon": "COUPON_ALREADY_EXISTS",
  "remove-coupon": "COUPON_NOT_FOUND_IN_CART",
};

function readId(text: string): string {
  if (!isGuid(text)) throw new HttpError(400);
  return text;
}

/** Returns a quantity from 0 to 999; `undefined` for anything else. */
export function readQuantity(text: string): number | undefined {
  return /^\d{1,3}$/.test(text.trim()) ? Number(text) : undefined;
}

async function attempt(
  change: () => Promise<Reply>,
  { about, check, done }: {
    about?: Omit<CartProblem, "text">;
    check?: (cart: Cart) => CartProblem | undefined;
    done?: string | undefined;
  },
): Promise<CartResult> {
  try {
    const { cart } = await change();
    return { count: cart && countPieces(cart), problem: check?.(cart ?? {}) };
  } catch (error) {
    const { code = "", data } = toWixError(error) ?? {};
    if (code !== "" && code === done) return {};
    const text = PROBLEMS[code]?.((data ?? {}) as ErrorData);
    if (text === undefined) throw error;
    return { problem: { text, ...about } };
  }
}

/** Messages for buyers, by Wix's error code. */
const PROBLEMS: Readonly<Record<string, (data: ErrorData) => string>> = {
  INSUFFICIENT_INVENTORY({ invalidItems }) {
    const left = invalidItems?.[0]?.availableQuantity ?? 0;
    return left > 0
      ? `Only ${left} left. The quantity was not changed.`
      : "Sold out.";
  },
  ITEM_NOT_FOUND_IN_CATALOG: () => "The shop no longer sells this product.",
  LINE_ITEM_NOT_FOUND_IN_CART: () => "This line is no longer in your cart.",
  MAX_LINE_ITEMS_EXCEEDED: () => "Your cart is full. Remove something first.",
  FIXED_QUANTITY_ITEM: () => "The quantity of this product is fixed.",
  INVALID_COUPON_CODE: () => "Unknown coupon code.",
  INVALID_COUPON_STATUS: ({ reason }) =>
    COUPON_REASONS[reason ?? ""] ?? "This coupon does not apply to your cart.",
  MAX_COUPONS_PER_CART_EXCEEDED: () =>
    "Only one coupon can be used. Remove the other one first.",
  COUPON_LOCKED: () => "This coupon cannot be changed.",
  CART_ALREADY_ORDERED: () => "This cart has been ordered.",
  CURRENT_CART_NOT_FOUND: () => "Your cart is empty.",
  OWNED_CART_NOT_FOUND: () => "Your cart is empty.",
};

const COUPON_REASONS: Readonly<Record<string, string>> = {
  EXPIRED: "This coupon has expired.",
  MIN_SUBTOTAL_NOT_REACHED: "This coupon needs a higher subtotal.",
  MIN_LINE_ITEM_QUANTITY_NOT_REACHED: "This coupon needs more items.",
  MAX_USAGE_EXCEEDED: "This coupon has been used up.",
  MAX_USAGE_PER_CUSTOMER_EXCEEDED: "You have already used this coupon.",
};

interface ErrorData {
  readonly orderId?: string;
  readonly reason?: string;
  readonly invalidItems?: readonly { readonly availableQuantity?: number }[];
}
