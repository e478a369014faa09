import { page } from "fresh";
import { PageHeading } from "@/components/PageHeading.tsx";
import { FlashNotice } from "@/components/FlashNotice.tsx";
import { define } from "@/lib/define.ts";
import { wix } from "@/lib/wix.ts";

/** Said once to those who deleted their account; there is no link to it. */
export const handler = define.handlers({
  GET(ctx) {
    const flash = wix.flashes.take(ctx);
    if (flash !== "deleted") return ctx.redirect("/", 303);
    ctx.state.title = "Good-bye";
    return page(flash);
  },
});

export default define.page<typeof handler>(({ data }) => (
  <>
    <PageHeading title="Good-bye">
      <p>It was good to have you here.</p>
    </PageHeading>
    <FlashNotice flash={data} />
    <p>
      You are a visitor now. If you come back one day, you can make a new
      account when you log in.
    </p>
    <p class="actions">
      <a class="button" href="/">Go to the start</a>
    </p>
  </>
));
