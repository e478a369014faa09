import { type Context, HttpError } from "fresh";

export function handler(ctx: Context<unknown>): Response {
  const { kind } = ctx.params;
  if (kind === "404") throw new HttpError(404);
  if (kind === "409") throw new HttpError(409);
  if (kind === "418") throw new HttpError(418);
  if (kind === "returned") return new Response("own", { status: 404 });
  throw new Error("a secret");
}
