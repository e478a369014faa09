import { define } from "@/lib/define.ts";
import { REFRESH_MARGIN_SECONDS } from "@/packages/fresh-wix/src/session/session.ts";

/**
 * What islands may know of the session. `expiresAt` is when it ends if it is
 * not used from now on, `renewsAt` from when on a call to Wix renews its
 * tokens; both are `null` before a visitor's first call to Wix.
 */
export const handler = define.handlers({
  GET({ state: { session } }) {
    const { current, expiresAt, kind, member } = session;
    return Response.json({
      kind,
      member,
      expiresAt: isoTime(expiresAt),
      renewsAt: isoTime(
        current && current.tokens.expiresAt - REFRESH_MARGIN_SECONDS,
      ),
    });
  },
});

function isoTime(unixSeconds: number | undefined): string | null {
  return unixSeconds === undefined
    ? null
    : new Date(unixSeconds * 1000).toISOString();
}
