import * as v from "valibot";
import type { Call } from "../call.ts";
import { applicationError, notFound } from "../http/errors.ts";
import { carriedObject, requiredText, validate } from "../http/validate.ts";
import { findGiftCard, type GiftCard } from "../shop/gift_cards.ts";
import type { Cart } from "./cart.ts";

const SENT = carriedObject({ code: requiredText });

/**
 * `cart` with the gift card in a request.
 *
 * UNDOCUMENTED: a second gift card. Here it is GIFT_CARD_ALREADY_EXISTS, as a
 * cart has one.
 */
export function withGiftCard(cart: Cart, sent: unknown, call: Call): Cart {
  const { code: giftCardCode } = validate(SENT, sent, "giftCard");
  const card = findGiftCard(giftCardCode);
  if (!card) {
    const text = "Gift card not found";
    throw applicationError(400, "INVALID_GIFT_CARD_CODE", text, {
      giftCardCode,
    });
  }
  if (cart.giftCardCode) {
    const text = "The cart already has a gift card";
    const data = { giftCardCode: cart.giftCardCode };
    throw applicationError(409, "GIFT_CARD_ALREADY_EXISTS", text, data);
  }
  const isEmpty = balanceOf(card, call) === 0;
  if (card.isExpired || isEmpty) {
    const reason = isEmpty ? "EMPTY_BALANCE" : "EXPIRED";
    const text = "The gift card cannot be used";
    const data = { giftCardCode, giftCardId: card.id, reason };
    throw applicationError(428, "INVALID_GIFT_CARD_STATUS", text, data);
  }
  return { ...cart, giftCardCode: card.code };
}

/** `cart` without the gift card that has the id in a request. */
export function withoutGiftCard(cart: Cart, sent: unknown): Cart {
  const giftCardId = validate(v.string(), sent, "giftCardId");
  if (findGiftCard(cart.giftCardCode)?.id !== giftCardId) {
    const text = "The cart has no such gift card";
    throw notFound("GIFT_CARD_NOT_FOUND_IN_CART", text, { giftCardId });
  }
  const { giftCardCode: _removed, ...rest } = cart;
  return rest;
}

/** How much of `total` the gift card of `cart` pays, in US cents. */
export function redeemable(call: Call, cart: Cart, total: number): number {
  const card = findGiftCard(cart.giftCardCode);
  return card ? Math.min(balanceOf(card, call), total) : 0;
}

function balanceOf({ code, usCents }: GiftCard, { backend }: Call): number {
  return backend.store.carts.list
    .filter((cart) => cart.giftCardCode === code)
    .reduce((left, { redeemed = 0 }) => left - redeemed, usCents);
}
