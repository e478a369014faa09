import { members } from "@wix/members";
import { page } from "fresh";
import { Excerpt } from "@/components/Excerpt.tsx";
import { PageHeading } from "@/components/PageHeading.tsx";
import MemberSearch from "@/islands/MemberSearch.tsx";
import { define } from "@/lib/define.ts";
import { toWixError } from "@fresh-wix/core/errors";

/** Wix accepts nicknames of up to 100 characters. */
const MAX_NAME_LENGTH = 100;

export const handler = define.handlers({
  async GET(ctx) {
    ctx.state.title = "Islands";
    const param = ctx.url.searchParams.get("name") ?? "";
    const name = param.slice(0, MAX_NAME_LENGTH);
    return page({ name, found: await findNicknames(name) });
  },
});

export default define.page<typeof handler>(({ data: { name, found } }) => (
  <>
    <PageHeading title="Islands">
      <p>
        Islands use the same SDK in the browser. Their calls go through this
        site's gateway, which adds the user's token. The browser never gets a
        token.
      </p>
    </PageHeading>
    <Excerpt name="search" />
    <div class="form-page">
      <MemberSearch name={name} found={found} />
      <p>
        Islands can't make elevated calls. They fetch an endpoint that makes
        them.
      </p>
    </div>
  </>
));

async function findNicknames(prefix: string): Promise<string[]> {
  try {
    const { items } = await members.queryMembers()
      .startsWith("profile.nickname", prefix)
      .limit(20)
      .find();
    return items.map(({ profile }) => profile?.nickname ?? "Member");
  } catch (error) {
    // Some sites don't let visitors and members list members.
    if (toWixError(error)?.status === 403) return [];
    throw error;
  }
}
