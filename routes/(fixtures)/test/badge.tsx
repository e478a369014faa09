import { define } from "@/lib/define.ts";
import { wix } from "@/lib/wix.ts";

/** For tests: opens for members with a badge. */
export const handler = define.handlers({
  async GET(ctx) {
    await wix.assertBadge(ctx, "vip");
    return new Response("Early access");
  },
});
