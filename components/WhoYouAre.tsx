import type { RequestSession } from "@/packages/fresh-wix/src/session/request_session.ts";
import {
  REFRESH_MARGIN_SECONDS,
  type Session,
} from "@/packages/fresh-wix/src/session/session.ts";
import { UtcTime } from "./UtcTime.tsx";

interface WhoYouAreProps {
  session: Pick<RequestSession, "kind" | "member" | "current">;
  /** Unix seconds. */
  now: number;
}

/** Who somebody is to this site right now, and how long that has been so. */
export function WhoYouAre({ session, now }: WhoYouAreProps) {
  const { kind, member, current } = session;
  return (
    <section class="who" aria-label="Who you are">
      <p>
        {kind === "member"
          ? (
            <>
              You are{" "}
              <bdi>
                <strong>{member?.name ?? "a member"}</strong>
              </bdi>, logged in at Wix.
            </>
          )
          : (
            <>
              You are a <strong>visitor</strong>
              {current === undefined
                ? ". Your session begins with the first call to Wix."
                : " with a session of your own."}
            </>
          )}
      </p>
      {current && <SessionFacts current={current} now={now} />}
    </section>
  );
}

function SessionFacts({ current, now }: { current: Session; now: number }) {
  const due = current.tokens.expiresAt - REFRESH_MARGIN_SECONDS;
  return (
    <dl>
      <div>
        <dt>Your session is</dt>{" "}
        <dd>{duration(now - current.startedAt)} old</dd>
      </div>
      <div>
        <dt>Its tokens are renewed</dt>{" "}
        <dd>
          {due <= now ? "with the next call to Wix" : (
            <>
              in {duration(due - now)}, at <UtcTime unix={due} />
            </>
          )}
        </dd>
      </div>
    </dl>
  );
}

const UNITS: [seconds: number, name: string][] = [
  [86_400, "day"],
  [3_600, "hour"],
  [60, "minute"],
];

/** Returns seconds in the largest unit that they fill, such as `3 hours`. */
function duration(seconds: number): string {
  for (const [size, name] of UNITS) {
    const count = Math.floor(seconds / size);
    if (count >= 1) return `${count} ${name}${count === 1 ? "" : "s"}`;
  }
  return "less than a minute";
}
