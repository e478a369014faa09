import type { Session } from "@fresh-wix/core";

/** The current user: a visitor or a member. */
export function SessionSummary({ session }: { session: Session }) {
  return (
    <section class="session" aria-label="Your session">
      <p>
        {session.kind === "member"
          ? (
            <>
              You are logged in as{" "}
              <bdi>
                <strong>{session.member.name}</strong>
              </bdi>.
            </>
          )
          : (
            <>
              You are a <strong>visitor</strong>
              {session.startedAt === undefined
                ? ". Your session starts with the first call to Wix."
                : ". Your session has started."}
            </>
          )}
      </p>
    </section>
  );
}
