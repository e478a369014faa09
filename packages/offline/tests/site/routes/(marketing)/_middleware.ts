import type { Context } from "fresh";

export default async function mark(ctx: Context<unknown>): Promise<Response> {
  const response = await ctx.next();
  response.headers.set("x-group", "marketing");
  return response;
}
