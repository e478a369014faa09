import { define } from "@/lib/define.ts";

export const handler = define.handlers({
  GET({ state: { session } }) {
    const expiresAt = session.current?.tokens.expiresAt;
    return Response.json({
      kind: session.kind,
      member: session.member,
      expiresAt: expiresAt === undefined
        ? null
        : new Date(expiresAt * 1000).toISOString(),
    });
  },
});
