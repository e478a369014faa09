import type { ComponentChildren } from "preact";

interface NoticeProps {
  /** `empty` for nothing to show, `bad` for what went wrong. */
  kind?: "plain" | "empty" | "bad" | "good";
  title?: string;
  children: ComponentChildren;
}

/** A box that says one thing: a hint, an empty list, an error. */
export function Notice({ kind = "plain", title, children }: NoticeProps) {
  return (
    <div class="notice" data-kind={kind}>
      {title && <h2>{title}</h2>}
      {children}
    </div>
  );
}
