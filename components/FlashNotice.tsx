import { Notice } from "./Notice.tsx";

const TEXTS: Readonly<Record<string, string>> = {
  saved: "Your settings have been saved.",
  joined: "You joined the community. Your profile is now public.",
  left: "You left the community. Your profile is now private.",
  deleted: "Your account has been deleted.",
  // #region shop
  "ordered-again": "The items from your order are in your cart.",
  "ordered-nothing": "The items from your order are no longer available.",
  "ordered-in-part":
    "Some items from your order are no longer available. The others are in your cart.",
  "no-checkout": "Checkout is off on this preview.",
  // #endregion
};

/** Confirms what the form on the previous page did, if there was one. */
export function FlashNotice({ flash }: { flash: string | undefined }) {
  const text = flash && Object.hasOwn(TEXTS, flash) && TEXTS[flash];
  return text && (
    <Notice kind="good">
      <p role="status">{text}</p>
    </Notice>
  );
}
