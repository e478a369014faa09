import { page } from "fresh";
import { AccountNav } from "@/components/AccountNav.tsx";
import { Fact, Facts } from "@/components/Facts.tsx";
import { NoProfile } from "@/components/NoProfile.tsx";
import { PageHeading } from "@/components/PageHeading.tsx";
import LocalTime from "@/islands/LocalTime.tsx";
import SessionClock from "@/islands/SessionClock.tsx";
import { define } from "@/lib/define.ts";
import { currentMember } from "@/packages/fresh-wix/src/members/current_member.ts";
import { REFRESH_MARGIN_SECONDS } from "@/packages/fresh-wix/src/session/session.ts";

export const handler = define.handlers({
  async GET(ctx) {
    ctx.state.title = "Your account";
    return page({ member: await currentMember() });
  },
});

export default define.page<typeof handler>(
  ({ data: { member }, state, url }) => {
    const { current } = state.session;
    const { profile, contact } = member ?? {};
    return (
      <>
        <PageHeading title="Your account" />
        <AccountNav url={url} />
        <div class="side-by-side">
          <section>
            <h2>Profile</h2>
            {member === undefined ? <NoProfile /> : (
              <Facts>
                <Fact name="Nickname">{profile?.nickname}</Fact>
                <Fact name="Name">
                  {[contact?.firstName, contact?.lastName].filter(Boolean)
                    .join(" ")}
                </Fact>
                <Fact name="E-mail">{member.loginEmail}</Fact>
                <Fact name="Phone">{contact?.phones?.join(", ")}</Fact>
              </Facts>
            )}
            <p>
              <a class="button" href="/account/settings">Change</a>
            </p>
          </section>
          {current && (
            <section>
              <h2>Session</h2>
              <Facts>
                <Fact name="Logged in">
                  <LocalTime iso={iso(current.startedAt)} />
                </Fact>
                <Fact name="Next renewal">
                  <SessionClock
                    renewsAt={iso(
                      current.tokens.expiresAt - REFRESH_MARGIN_SECONDS,
                    )}
                  />
                </Fact>
              </Facts>
            </section>
          )}
        </div>
      </>
    );
  },
);

function iso(unixSeconds: number): string {
  return new Date(unixSeconds * 1_000).toISOString();
}
