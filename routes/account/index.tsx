import { page } from "fresh";
import { AccountNav } from "@/components/AccountNav.tsx";
import {
  DescriptionItem,
  DescriptionList,
} from "@/components/DescriptionList.tsx";
import { NoProfile } from "@/components/NoProfile.tsx";
import { PageHeading } from "@/components/PageHeading.tsx";
import LocalTime from "@/islands/LocalTime.tsx";
import { defineForMembers } from "@/lib/define.ts";
import { currentMember } from "@/lib/account/current_member.ts";
import { wix } from "@/lib/wix.ts";

export const handler = defineForMembers.handlers({
  async GET(ctx) {
    ctx.state.title = "Your account";
    const member = await currentMember();
    // The header shows a name or photo that was changed elsewhere.
    wix.setMember(ctx, member);
    return page({ member });
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
              <DescriptionList>
                <DescriptionItem name="Nickname">
                  {profile?.nickname}
                </DescriptionItem>
                <DescriptionItem name="Name">
                  {[contact?.firstName, contact?.lastName].filter(Boolean)
                    .join(" ")}
                </DescriptionItem>
                <DescriptionItem name="Email">
                  {member.loginEmail}
                </DescriptionItem>
                <DescriptionItem name="Phone">
                  {contact?.phones?.join(", ")}
                </DescriptionItem>
              </DescriptionList>
            )}
            <p>
              <a class="button" href="/account/settings">Edit profile</a>
            </p>
          </section>
          {startedAt && (
            <section>
              <h2>Session</h2>
              <DescriptionList>
                <DescriptionItem name="Logged in">
                  <LocalTime iso={new Date(startedAt * 1_000).toISOString()} />
                </DescriptionItem>
              </DescriptionList>
            </section>
          )}
        </div>
      </>
    );
  },
);
