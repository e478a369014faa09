import { members } from "@wix/members";
import { page } from "fresh";
import { Excerpt } from "@/components/Excerpt.tsx";
import { PageHeading } from "@/components/PageHeading.tsx";
import MemberSearch from "@/islands/MemberSearch.tsx";
import PrivilegedCall from "@/islands/PrivilegedCall.tsx";
import { define } from "@/lib/define.ts";
import { toWixError } from "@/packages/fresh-wix/src/wix/wix_error.ts";

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
    <div class="side-by-side">
      <section>
        <h2>Members, as you type</h2>
        <Excerpt name="search" />
        <MemberSearch name={name} found={found} />
      </section>
      <section>
        <h2>What a browser may not</h2>
        <Excerpt name="privileged" />
        <p>
          Calls of islands are never elevated. An endpoint may ask as the app,
          and decides what it gives away:{" "}
          <a href="/api/site-properties">its answer</a>.
        </p>
        <PrivilegedCall />
      </section>
    </div>
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
