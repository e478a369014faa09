import { members } from "@wix/members";
import { page } from "fresh";
import { define } from "@/lib/define.ts";
import { toWixError } from "@/lib/wix/wix_error.ts";

export const handler = define.handlers({
  async GET(ctx) {
    ctx.state.title = "Members";
    try {
      const { items } = await members.queryMembers().find();
      return page({ items, refused: false });
    } catch (error) {
      if (toWixError(error)?.status !== 403) throw error;
      return page({ items: [], refused: true });
    }
  },
});

export default define.page<typeof handler>(({ data }) => (
  <>
    <h1>Members</h1>
    <p>
      The answer to <code>await members.queryMembers().find()</code>{" "}
      for whoever asks: visitors and members see the members who made their
      profile public.
    </p>
    {data.refused && (
      <p class="hint">
        Wix refused this call (403): on this site visitors and members may not
        list members. <a href="/elevation">An elevated call</a> could.
      </p>
    )}
    {!data.refused && data.items.length === 0 && (
      <p>No member has a public profile yet.</p>
    )}
    <ul class="people">
      {data.items.map((member) => (
        <li key={member._id}>
          {member.profile?.nickname ?? member.profile?.slug}
        </li>
      ))}
    </ul>
  </>
));
