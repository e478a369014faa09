import { page } from "fresh";
import { AccountNav } from "@/components/AccountNav.tsx";
import { Fact, Facts } from "@/components/Facts.tsx";
import { NoProfile } from "@/components/NoProfile.tsx";
import { PageHeading } from "@/components/PageHeading.tsx";
import LocalTime from "@/islands/LocalTime.tsx";
import { defineForMembers } from "@/lib/define.ts";
import { currentMember } from "@/lib/account/current_member.ts";

export const handler = defineForMembers.handlers({
  async GET(ctx) {
    ctx.state.title = "Your account";
    return page({ member: await currentMember() });
  },
});

export default defineForMembers.page<typeof handler>(
  ({ data: { member }, state, url }) => {
    const { startedAt } = state.session;
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
          {startedAt && (
            <section>
              <h2>Session</h2>
              <Facts>
                <Fact name="Logged in">
                  <LocalTime iso={new Date(startedAt * 1_000).toISOString()} />
                </Fact>
              </Facts>
            </section>
          )}
        </div>
      </>
    );
  },
);
