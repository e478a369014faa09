import { members } from "@wix/members";
import { page } from "fresh";
import { Excerpt } from "@/components/Excerpt.tsx";
import { Notice } from "@/components/Notice.tsx";
import { PageHeading } from "@/components/PageHeading.tsx";
import { Avatar } from "@/components/Avatar.tsx";
import { define } from "@/lib/define.ts";
import { wix } from "@/lib/wix.ts";
import { toWixError } from "@fresh-wix/core/errors";

export const handler = define.handlers({
  async GET(ctx) {
    ctx.state.title = "Members";
    try {
      // #region members
      const { items } = await members.queryMembers().find();
      return page({ items });
      // #endregion
    } catch (error) {
      if (toWixError(error)?.status !== 403) throw error;
      return page({ items: undefined });
    }
  },
});

export default define.page<typeof handler>(({ data: { items } }) => (
  <>
    <PageHeading title="Members">
      <p>
        Members with a public profile. Every visitor and member can list them.
      </p>
    </PageHeading>
    <Excerpt name="members" />
    {items === undefined && (
      <Notice kind="bad" title="Wix refused this call (403)">
        <p>
          Visitors and members of this site can't list members. An elevated call
          can.
        </p>
      </Notice>
    )}
    {items?.length === 0 && (
      <Notice kind="empty" title="No public members yet">
        <p>Members with a public profile will appear here.</p>
      </Notice>
    )}
    <ul class="members">
      {items?.map(({ _id, profile }) => (
        <li key={_id}>
          <Avatar
            name={profile?.nickname ?? profile?.slug ?? "Member"}
            image={wix.imageUrl(profile?.photo?.url, 96)}
          />
          <div>
            <bdi>{profile?.nickname ?? profile?.slug}</bdi>
            {profile?.title && <small>{profile.title}</small>}
          </div>
        </li>
      ))}
    </ul>
  </>
));
