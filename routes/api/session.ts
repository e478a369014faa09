import { define } from "@/lib/define.ts";

/**
 * The parts of the session that islands can read. `expiresAt` is when it ends
 * unless it is used again; `null` before a visitor's first call to Wix.
 */
export const handler = define.handlers({
  GET({ state: { session } }) {
    const { expiresAt, kind, member } = session;
    return Response.json({
      kind,
      member,
      expiresAt: isoTime(expiresAt),
    });
  },
});

function isoTime(unixSeconds: number | undefined): string | null {
  return unixSeconds === undefined
    ? null
    : new Date(unixSeconds * 1000).toISOString();
}
