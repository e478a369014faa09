import { members } from "@wix/members";
import { page } from "fresh";
import { PageHeading } from "@/components/PageHeading.tsx";
import { define } from "@/lib/define.ts";

/** For tests: calls Wix as the current user. */
export const handler = define.handlers({
  async GET(ctx) {
    ctx.state.title = "Members";
    const { items } = await members.queryMembers().find();
    return page(items.map(({ profile }) => profile?.nickname));
  },
});

export default define.page<typeof handler>(({ data }) => (
  <>
    <PageHeading title="Members" />
    <ul class="members">
      {data.map((name) => (
        <li key={name}>
          <bdi>{name}</bdi>
        </li>
      ))}
    </ul>
  </>
));
