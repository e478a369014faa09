import type { Flash } from "@/packages/fresh-wix/src/http/flash.ts";
import { Notice } from "./Notice.tsx";

const TEXTS: Record<Flash, string> = {
  saved: "Your settings are saved.",
  joined: "You have joined the community. Your profile is public now.",
  left: "You have left the community. Your profile is private now.",
  deleted: "Your account is deleted.",
};

/** What the form on the page before did, if there was one. */
export function FlashNotice({ flash }: { flash: Flash | undefined }) {
  return flash && (
    <Notice kind="good">
      <p role="status">{TEXTS[flash]}</p>
    </Notice>
  );
}
