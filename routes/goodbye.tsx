import { page } from "fresh";
import { PageHeading } from "@/components/PageHeading.tsx";
import { FlashNotice } from "@/components/FlashNotice.tsx";
import { takeFlash } from "@/lib/cookies.ts";
import { define } from "@/lib/define.ts";

/** Confirmation after an account was deleted; shown once, linked nowhere. */
export const handler = define.handlers({
  GET(ctx) {
    const flash = takeFlash(ctx);
    if (flash !== "deleted") return ctx.redirect("/", 303);
    ctx.state.title = "Account deleted";
    return page(flash);
  },
});

export default define.page<typeof handler>(({ data }) => (
  <>
    <PageHeading title="Account deleted" />
    <FlashNotice flash={data} />
    <p>
      You are now browsing as a visitor. You can sign up again when you log in.
    </p>
    <p class="actions">
      <a class="button" href="/">Back to home</a>
    </p>
  </>
));
