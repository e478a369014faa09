import { guid } from "../ids.ts";

/** Money that was paid in advance, for the holder of the code. */
export interface GiftCard {
  readonly id: string;
  readonly code: string;
  /** What it was bought for, in US cents. */
  readonly usCents: number;
  readonly isExpired?: boolean;
}

const GIFT_CARDS: readonly GiftCard[] = [
  { id: guid("giftCard", 1), code: "JUNIPER-50-USD", usCents: 5_000 },
  {
    id: guid("giftCard", 2),
    code: "JUNIPER-PAST",
    usCents: 5_000,
    isExpired: true,
  },
];

/** The app that issues them. */
export const GIFT_CARD_APP_ID = "d80111c5-a0f4-47a8-b63a-65b54d774a27";

/** The gift card with this code, whatever its case. */
export function findGiftCard(code = ""): GiftCard | undefined {
  const wanted = code.trim().toUpperCase();
  return GIFT_CARDS.find((card) => card.code === wanted);
}
