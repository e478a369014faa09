import { type StatusView, statusView } from "./order_status.ts";

interface BadgeProps {
  /** A status word of Wix, such as `NOT_PAID`. */
  status: string;
  /** The words of its kind; see `order_status.ts`. */
  of: Readonly<Record<string, StatusView>>;
}

/** A status as people would say it. */
export function Badge({ status, of }: BadgeProps) {
  const { text, tone } = statusView(of, status);
  return <span class="badge" data-tone={tone}>{text}</span>;
}
