import type { Session } from "@fresh-wix/core";

/** Who the user is to this site right now. */
export function SessionSummary({ session }: { session: Session }) {
  return (
    <section class="who" aria-label="Your session">
      <p>
        {session.kind === "member"
          ? (
            <>
              You are{" "}
              <bdi>
                <strong>{session.member.name}</strong>
              </bdi>, logged in at Wix.
            </>
          )
          : (
            <>
              You are a <strong>visitor</strong>
              {session.startedAt === undefined
                ? ". Your session begins with the first call to Wix."
                : " with a session of your own."}
            </>
          )}
      </p>
    </section>
  );
}
