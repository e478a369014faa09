import { Context } from "./context.ts";
import type { Endpoint } from "./router.ts";
import type { MiddlewareFn } from "./types.ts";

/** Runs `fns` one inside the other and `end` inside the last. */
export function runChain<State>(
  fns: readonly MiddlewareFn<State>[],
  ctx: Context<State>,
  end: () => Promise<Response>,
): Promise<Response> {
  const step = async (index: number): Promise<Response> => {
    const fn = fns[index];
    if (!fn) return await end();
    ctx.next = () => step(index + 1);
    const result: unknown = await fn(ctx);
    if (result instanceof Response) return result;
    throw new Error(
      `Expected a "Response" instance to be returned, but got: ${result}`,
    );
  };
  return step(0);
}

/**
 * Runs an endpoint inside its segments.
 *
 * A segment's error route stands outside the segment's middlewares.
 */
export function runEndpoint<State>(
  { levels, run }: Endpoint<State>,
  ctx: Context<State>,
): Promise<Response> {
  const unreachable = () => Promise.reject(new Error("No next route"));
  const descend = async (depth: number): Promise<Response> => {
    const level = levels[depth];
    if (!level) return await runChain([run], ctx, unreachable);
    const { segment, middlewares, onError } = level;
    const enter = () => Context.enter(ctx, segment);
    enter();
    try {
      return await runChain(middlewares, ctx, () =>
        // Back here, a middleware renders with its own layouts again.
        descend(depth + 1).finally(enter));
    } catch (error) {
      if (!onError) throw error;
      ctx.error = error;
      return await runChain([onError], ctx, unreachable);
    }
  };
  return descend(0);
}
