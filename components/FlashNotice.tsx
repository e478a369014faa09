import { Notice } from "./Notice.tsx";

const TEXTS: Readonly<Record<string, string>> = {
  saved: "Your settings are saved.",
  joined: "You have joined the community. Your profile is public now.",
  left: "You have left the community. Your profile is private now.",
  deleted: "Your account is deleted.",
};

/** What the form on the page before did, if there was one. */
export function FlashNotice({ flash }: { flash: string | undefined }) {
  const text = flash && Object.hasOwn(TEXTS, flash) && TEXTS[flash];
  return text && (
    <Notice kind="good">
      <p role="status">{text}</p>
    </Notice>
  );
}
