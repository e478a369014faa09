import { members } from "@wix/members";
import { page } from "fresh";
import MemberSearch from "@/islands/MemberSearch.tsx";
import PrivilegedCall from "@/islands/PrivilegedCall.tsx";
import { define } from "@/lib/define.ts";
import { toWixError } from "@/lib/wix/wix_error.ts";

/** More is no name, and would make the query too long for Wix. */
const MAX_NAME_LENGTH = 100;

export const handler = define.handlers({
  async GET(ctx) {
    ctx.state.title = "Islands";
    const name = ctx.url.searchParams.get("name")?.slice(0, MAX_NAME_LENGTH) ??
      "";
    try {
      const { items } = await members.queryMembers()
        .startsWith("profile.nickname", name)
        .limit(20)
        .find();
      const found = items.map(({ profile }) => profile?.nickname ?? "Member");
      return page({ name, found });
    } catch (error) {
      if (toWixError(error)?.status !== 403) throw error;
      return page({ name, found: [] });
    }
  },
});

export default define.page<typeof handler>(({ data: { name, found } }) => (
  <>
    <h1>Islands</h1>
    <p>
      The same SDK in the browser: the calls go to this site's gateway, which
      adds the token of whoever asks. The browser never holds one.
    </p>
    <section>
      <h2>Members, as you type</h2>
      <pre><code>await members.queryMembers().startsWith("profile.nickname", name).find()</code></pre>
      <MemberSearch name={name} found={found} />
    </section>
    <section>
      <h2>What a browser may not</h2>
      <p>
        Calls of islands are never elevated. An endpoint may ask as the app, and
        decides what it gives away.
      </p>
      <pre><code>await siteProperties.getSiteProperties()</code></pre>
      <PrivilegedCall />
    </section>
  </>
));
