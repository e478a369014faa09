import { define } from "@/lib/define.ts";
import { renewsAt } from "@/lib/session/session.ts";

/**
 * What islands may know of the session: who it is of, when its tokens end, and
 * from when on a call to Wix renews them; `null` before the first call.
 */
export const handler = define.handlers({
  GET({ state: { session: { current, kind, member } } }) {
    return Response.json({
      kind,
      member,
      expiresAt: isoTime(current?.tokens.expiresAt),
      renewsAt: isoTime(current && renewsAt(current.tokens)),
    });
  },
});

function isoTime(unixSeconds: number | undefined): string | null {
  return unixSeconds === undefined
    ? null
    : new Date(unixSeconds * 1000).toISOString();
}
