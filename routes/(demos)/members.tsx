import { members } from "@wix/members";
import { page } from "fresh";
import { Excerpt } from "@/components/Excerpt.tsx";
import { Notice } from "@/components/Notice.tsx";
import { PageHeading } from "@/components/PageHeading.tsx";
import { Portrait } from "@/components/Portrait.tsx";
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
        What Wix answers to whoever asks: visitors and members see the members
        who made their profile public.
      </p>
    </PageHeading>
    <Excerpt name="members" />
    {items === undefined && (
      <Notice kind="bad" title="Wix refused this call (403)">
        <p>
          On this site visitors and members may not list members.{" "}
          <a href="/elevation">An elevated call</a> could.
        </p>
      </Notice>
    )}
    {items?.length === 0 && (
      <Notice kind="empty" title="Nobody to see yet">
        <p>No member has a public profile.</p>
      </Notice>
    )}
    <ul class="people">
      {items?.map(({ _id, profile }) => (
        <li key={_id}>
          <Portrait
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
