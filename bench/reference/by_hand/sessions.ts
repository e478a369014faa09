/**
 * Whose tokens the reference app has: the benchmark gives them to it.
 *
 * @module
 */
import type { Session } from "@/packages/fresh-wix/src/session/session.ts";

/** Name of the variable that holds {@link ReferenceSessions} as JSON. */
export const SESSIONS_VARIABLE = "BENCH_SESSIONS";

/** What the reference app knows from its start on. */
export interface ReferenceSessions {
  readonly visitor: Session;
  readonly member: Session;
  /** The app's own access token. */
  readonly appToken: string;
}

const given: ReferenceSessions = JSON.parse(
  Deno.env.get(SESSIONS_VARIABLE) ?? "{}",
);

export const { visitor, member, appToken } = given;
