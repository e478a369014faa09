import { page } from "fresh";
import { AccountNav } from "@/components/AccountNav.tsx";
import { Excerpt } from "@/components/Excerpt.tsx";
import { Notice } from "@/components/Notice.tsx";
import { PageHeading } from "@/components/PageHeading.tsx";
import { defineForMembers } from "@/lib/define.ts";
import { wix } from "@/lib/wix.ts";

/** Example of a page for members with a badge. */
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
      breadcrumbs={[{ href: "/account", text: "Your account" }]}
    >
      <p>
        Only members with the <code>vip</code>{" "}
        badge can open this page. The badge is checked with Wix on each request.
      </p>
    </PageHeading>
    <AccountNav url={url} />
    <Notice kind="good" title="Early access">
      <p>
        Our winter pans launch on Friday. You can order them from Wednesday.
      </p>
    </Notice>
    <Excerpt name="badge" />
  </>
));
