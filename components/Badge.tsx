import { type StatusView, statusView } from "./order_status.ts";

interface BadgeProps {
  /** A status from Wix, such as `NOT_PAID`. */
  status: string;
  /** The labels to choose from; see `order_status.ts`. */
  of: Readonly<Record<string, StatusView>>;
}

/** The label of a status. */
export function Badge({ status, of }: BadgeProps) {
  const { text, tone } = statusView(of, status);
  return <span class="badge" data-tone={tone}>{text}</span>;
}
