import { define } from "@/lib/define.ts";

/** For tests: search engines don't list these pages. */
export default define.middleware(async (ctx) => {
  const response = await ctx.next();
  response.headers.set("X-Robots-Tag", "noindex");
  return response;
});
