import type { ComponentChildren } from "preact";

interface NoticeProps {
  /** `empty` for an empty list, `bad` for an error, `good` for a success. */
  kind?: "plain" | "empty" | "bad" | "good";
  title?: string;
  children: ComponentChildren;
}

/** A box with a message. */
export function Notice({ kind = "plain", title, children }: NoticeProps) {
  return (
    <div class="notice" data-kind={kind}>
      {title && <h2>{title}</h2>}
      {children}
    </div>
  );
}
