import { members } from "@wix/members";
import { page } from "fresh";
import { Excerpt } from "@/components/Excerpt.tsx";
import { PageHeading } from "@/components/PageHeading.tsx";
import MemberSearch from "@/islands/MemberSearch.tsx";
import { define } from "@/lib/define.ts";
import { toWixError } from "@fresh-wix/core/errors";

/** Longer than any name, and short enough for Wix. */
const MAX_NAME_LENGTH = 100;

export const handler = define.handlers({
  async GET(ctx) {
    ctx.state.title = "Islands";
    const asked = ctx.url.searchParams.get("name") ?? "";
    const name = asked.slice(0, MAX_NAME_LENGTH);
    return page({ name, found: await findNicknames(name) });
  },
});

export default define.page<typeof handler>(({ data: { name, found } }) => (
  <>
    <PageHeading title="Islands">
      <p>
        The same SDK in the browser. Its calls go to this site's gateway, which
        adds the token of whoever asks; the browser never holds one.
      </p>
    </PageHeading>
    <Excerpt name="search" />
    <MemberSearch name={name} found={found} />
    <p>
      Calls of islands are never elevated: what only the app may call belongs in
      an endpoint. See <a href="/elevation">Elevation</a>.
    </p>
  </>
));

async function findNicknames(beginning: string): Promise<string[]> {
  try {
    const { items } = await members.queryMembers()
      .startsWith("profile.nickname", beginning)
      .limit(20)
      .find();
    return items.map(({ profile }) => profile?.nickname ?? "Member");
  } catch (error) {
    // Where nobody may list members, nobody is found.
    if (toWixError(error)?.status === 403) return [];
    throw error;
  }
}
