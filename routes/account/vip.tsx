import { page } from "fresh";
import { AccountNav } from "@/components/AccountNav.tsx";
import { Excerpt } from "@/components/Excerpt.tsx";
import { Notice } from "@/components/Notice.tsx";
import { PageHeading } from "@/components/PageHeading.tsx";
import { defineForMembers } from "@/lib/define.ts";
import { wix } from "@/lib/wix.ts";

/** A page to copy: for members, and of these for some. */
export const handler = defineForMembers.handlers({
  async GET(ctx) {
    ctx.state.title = "For VIPs";
    // #region badge
    await wix.assertBadge(ctx, "vip");
    // #endregion
    return page(undefined);
  },
});

export default defineForMembers.page<typeof handler>(({ url }) => (
  <>
    <PageHeading
      title="For VIPs"
      above={[{ href: "/account", text: "Your account" }]}
    >
      <p>
        You have the badge that the site's owner gives to a few. Wix was asked
        for it just now, so taking it away closes this page at once.
      </p>
    </PageHeading>
    <AccountNav url={url} />
    <Notice kind="good" title="Early access">
      <p>
        The winter pans come on Friday. You may order them from Wednesday on.
      </p>
    </Notice>
    <Excerpt name="badge" />
  </>
));
