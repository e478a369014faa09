import { assert, assertEquals } from "@std/assert";
import * as fresh from "fresh";
import * as runtime from "fresh/runtime";
import { createDefine, HttpError, page } from "fresh";

interface State {
  name: string;
}

/** Is `true` only for two identical types. */
type IsExact<A, B> = (<T>() => T extends A ? 1 : 2) extends
  (<T>() => T extends B ? 1 : 2) ? true : false;

/** Compiles only for a `true`. */
function typed<_Fact extends true>(): void {}

/** A2 A6: never called, types only. */
export function usesInRoutes() {
  const define = createDefine<State>();
  const handler = define.handlers({
    GET: (ctx) => ctx.req.method ? page({ id: 1 }) : ctx.redirect("/"),
  });
  define.page<typeof handler>(({ data, state }) => {
    typed<IsExact<typeof data, { id: number }>>();
    typed<IsExact<typeof state, State>>();
    return <p>{data.id}</p>;
  });
  define.page<typeof handler>(async ({ data }) => {
    await Promise.resolve();
    return data.id ? <p /> : new Response();
  });
  define.middleware((ctx) => {
    typed<IsExact<typeof ctx.state, State>>();
    return ctx.next();
  });
  // @ts-expect-error a redirect is not an error
  new HttpError(302);
}

Deno.test("A1 A3 the packages export these values and no others", () => {
  assertEquals(
    Object.keys(fresh).sort().join(" "),
    "App HttpError cors createDefine csp csrf ipFilter page staticFiles " +
      "trailingSlashes",
  );
  assertEquals(
    Object.keys(runtime).sort().join(" "),
    "Head HttpError IS_BROWSER Partial asset assetSrcSet",
  );
  assert(fresh.HttpError === runtime.HttpError);
  assertEquals(runtime.IS_BROWSER, false);
});
