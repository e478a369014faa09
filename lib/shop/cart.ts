/**
 * The current cart of the visitor or member, with Wix's Cart V2. Its calls are
 * never elevated: an order would have no buyer.
 *
 * @see https://dev.wix.com/docs/api-reference/business-solutions/e-commerce/purchase-flow/cart-v2
 * @module
 */
import type { Session } from "@fresh-wix/core";
import { toWixError } from "@fresh-wix/core/errors";
import { currentCartV2 } from "@wix/ecom";
import {
  type Cart,
  type CartView,
  countPieces,
  EMPTY_CART,
  lineProblem,
  toCartView,
} from "./cart_views.ts";
import { findProducts } from "./catalog.ts";

/** A product as a buyer has chosen it, in the words of Wix. */
export interface NewLine {
  readonly quantity: number;
  readonly catalogReference: {
    readonly appId: string;
    /** Wix id of the product. */
    readonly catalogItemId: string;
    /** `variantId`, `options` by key, `customTextFields` by key. */
    readonly options?: Record<string, unknown> | null;
  };
}

/** A change of the cart. */
export type CartChange =
  | { readonly action: "add"; readonly lines: readonly NewLine[] }
  | {
    readonly action: "set-quantity";
    readonly lineId: string;
    /** 0 removes the line. */
    readonly quantity: number;
  }
  | { readonly action: "remove"; readonly lineId: string }
  | { readonly action: "add-coupon"; readonly code: string }
  | { readonly action: "remove-coupon"; readonly couponId: string }
  | { readonly action: "set-note"; readonly note: string };

/** Why a change was not made, or not as a whole. */
export interface CartProblem {
  /** What it is about: a line of the cart, a field, or the cart as a whole. */
  readonly lineId?: string;
  readonly field?: "coupon" | "note" | "quantity";
  readonly text: string;
}

/** What a change did. */
export interface CartResult {
  /** Number of pieces in the cart now, if it is known. */
  readonly count?: number | undefined;
  readonly problem?: CartProblem | undefined;
}

/** Pieces of one line that this shop sells at once. */
export const MAX_QUANTITY = 999;
/** Characters of a note, as Wix takes them. */
export const MAX_NOTE_LENGTH = 1000;

/** The app by which carts refer to products of Wix Stores. */
export const STORES_APP_ID = "215238eb-22a5-4c36-9e7b-e7c08025e04e";
/** Codes of a response for a user who has no cart. */
const NO_CART = ["CURRENT_CART_NOT_FOUND", "OWNED_CART_NOT_FOUND"];

/**
 * Returns the current cart, with Wix's totals. Without a session there is none,
 * and Wix is not called: bots that open the cart begin no session.
 */
export async function readCart(session: Session): Promise<CartView> {
  if (session.startedAt === undefined) return EMPTY_CART;
  try {
    const { cart, summary } = await currentCartV2.estimateCurrentCart({
      validationConfig: "PRE_CHECKOUT_VALIDATIONS",
    });
    return cart === undefined
      ? EMPTY_CART
      : toCartView(cart, summary, await findProducts(productIds(cart)));
  } catch (error) {
    const { status, code } = toWixError(error) ?? {};
    // Wix has nothing to estimate: no cart, or one without lines.
    if (status === 404 || NO_CART.includes(code ?? "")) return EMPTY_CART;
    if (code !== "CART_ALREADY_ORDERED") throw error;
    const { orderId } = errorData(error);
    return { ...EMPTY_CART, ...(orderId && { orderId }) };
  }
}

function productIds({ lineItems = [] }: Cart): string[] {
  return lineItems.flatMap(({ source }) =>
    source?.catalogReference?.catalogItemId ?? []
  );
}

/**
 * Changes the current cart, and makes one where a visitor has none.
 *
 * @throws {WixError} for failures that the buyer can do nothing about.
 */
export async function changeCart(change: CartChange): Promise<CartResult> {
  try {
    const cart = await sendChange(change);
    return {
      count: cart && countPieces(cart),
      problem: cart && change.action === "add"
        ? addProblem(cart, change.lines)
        : undefined,
    };
  } catch (error) {
    if (isDone(change, error)) return {};
    const problem = toProblem(change, error);
    if (problem === undefined) throw error;
    return { problem };
  }
}

async function sendChange(change: CartChange): Promise<Cart | undefined> {
  switch (change.action) {
    case "add": {
      const { cart } = await addItems([...change.lines]);
      return cart;
    }
    case "set-quantity": {
      const { lineId, quantity } = change;
      if (quantity === 0) return await removeLine(lineId);
      const { cart } = await currentCartV2.updateLineItemsInCurrentCart({
        lineItems: [{
          lineItemId: lineId,
          quantity: { newQuantity: quantity },
        }],
      });
      return cart;
    }
    case "remove":
      return await removeLine(change.lineId);
    case "add-coupon": {
      const coupon = { code: change.code };
      const { cart } = await currentCartV2.addCouponToCurrentCart(coupon);
      return cart;
    }
    case "remove-coupon": {
      const { couponId } = change;
      const { cart } = await currentCartV2.removeCouponFromCurrentCart(
        couponId,
      );
      return cart;
    }
    case "set-note": {
      const { note } = change;
      const { cart } = await currentCartV2.updateCurrentCart({ note });
      return cart;
    }
  }
}

async function removeLine(lineId: string): Promise<Cart | undefined> {
  const { cart } = await currentCartV2.removeLineItemsFromCurrentCart([lineId]);
  return cart;
}

/** A bought cart takes nothing more: a new one begins. */
async function addItems(catalogItems: NewLine[]) {
  try {
    return await currentCartV2.addLineItemsToCurrentCart({ catalogItems });
  } catch (error) {
    const code = toWixError(error)?.code ?? "";
    if (![...NO_CART, "CART_ALREADY_ORDERED"].includes(code)) throw error;
    return await currentCartV2.createCurrentCart({ catalogItems });
  }
}

/** Wix may respond 200 and have added nothing, or less. */
function addProblem(
  { lineItems = [] }: Cart,
  added: readonly NewLine[],
): CartProblem | undefined {
  for (const { catalogReference: wanted } of added) {
    const line = lineItems.find(({ source }) => {
      const { catalogItemId, options } = source?.catalogReference ?? {};
      return catalogItemId === wanted.catalogItemId &&
        options?.variantId === wanted.options?.variantId;
    });
    if (line === undefined) return { text: "The product was not added." };
    const text = lineProblem(line);
    if (text !== undefined) return { lineId: line._id ?? "", text };
  }
  return undefined;
}

/** The cart is as the user wants it: the same request was sent twice. */
function isDone({ action }: CartChange, error: unknown): boolean {
  const code = toWixError(error)?.code;
  return action === "remove" && code === "LINE_ITEM_NOT_FOUND_IN_CART" ||
    action === "remove-coupon" && code === "COUPON_NOT_FOUND_IN_CART" ||
    action === "add-coupon" && code === "COUPON_ALREADY_EXISTS";
}

function toProblem(
  change: CartChange,
  error: unknown,
): CartProblem | undefined {
  const { code = "", status } = toWixError(error) ?? {};
  const about = "lineId" in change ? { lineId: change.lineId } : {};
  switch (code) {
    case "INSUFFICIENT_INVENTORY": {
      const left = errorData(error).invalidItems?.[0]?.availableQuantity ?? 0;
      const text = left > 0
        ? `Only ${left} left. The quantity was not changed.`
        : "Sold out.";
      return { ...about, field: "quantity", text };
    }
    case "ITEM_NOT_FOUND_IN_CATALOG":
      return { text: "The shop no longer sells this product." };
    case "LINE_ITEM_NOT_FOUND_IN_CART":
      return { text: "This line is no longer in your cart." };
    case "MAX_LINE_ITEMS_EXCEEDED":
      return { text: "Your cart is full. Remove something first." };
    case "FIXED_QUANTITY_ITEM":
      return { ...about, text: "The quantity of this product is fixed." };
    case "INVALID_COUPON_CODE":
      return { field: "coupon", text: "Unknown coupon code." };
    case "INVALID_COUPON_STATUS":
      return { field: "coupon", text: couponText(errorData(error).reason) };
    case "MAX_COUPONS_PER_CART_EXCEEDED":
      return {
        field: "coupon",
        text: "A cart takes one coupon. Remove the other one first.",
      };
    case "COUPON_LOCKED":
      return { field: "coupon", text: "This coupon cannot be changed." };
    case "CART_ALREADY_ORDERED":
      return { text: "This cart has been ordered." };
  }
  const isWithoutCart = NO_CART.includes(code) ||
    status === 404 && change.action !== "add";
  return isWithoutCart ? { text: "Your cart is empty." } : undefined;
}

function couponText(reason: string | undefined): string {
  switch (reason) {
    case "EXPIRED":
      return "This coupon has expired.";
    case "MIN_SUBTOTAL_NOT_REACHED":
      return "This coupon needs a higher subtotal.";
    case "MIN_LINE_ITEM_QUANTITY_NOT_REACHED":
      return "This coupon needs more items.";
    case "MAX_USAGE_EXCEEDED":
    case "MAX_USAGE_PER_CUSTOMER_EXCEEDED":
      return "This coupon has been used up.";
    default:
      return "This coupon does not apply to your cart.";
  }
}

interface ErrorData {
  readonly orderId?: string;
  readonly reason?: string;
  readonly invalidItems?: readonly { readonly availableQuantity?: number }[];
}

/** Returns what Wix adds to an error's code. */
function errorData(error: unknown): ErrorData {
  const { details } = error as {
    details?: { applicationError?: { data?: ErrorData } };
  };
  return details?.applicationError?.data ?? {};
}
