/** A status word of Wix, such as `NOT_PAID`, as people would say it. */
export function Badge({ status }: { status: string }) {
  const words = status.toLowerCase().replaceAll("_", " ");
  return (
    <span class="badge" data-status={status}>
      {words.charAt(0).toUpperCase() + words.slice(1)}
    </span>
  );
}
