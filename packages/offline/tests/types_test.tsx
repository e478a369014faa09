import { assert, assertEquals } from "@std/assert";
import * as fresh from "fresh";
import * as runtime from "fresh/runtime";
import {
  type Context,
  createDefine,
  type FreshContext,
  HttpError,
  type Middleware,
  type MiddlewareFn,
  page,
  type PageProps,
} from "fresh";

interface State {
  name: string;
}

/** Is `true` only for two identical types. */
type IsExact<A, B> = (<T>() => T extends A ? 1 : 2) extends
  (<T>() => T extends B ? 1 : 2) ? true : false;

/** Compiles only for a `true`. */
function typed<_Fact extends true>(): void {}

const define = createDefine<State>();

const handler = define.handlers({
  GET: (ctx) => ctx.req.method ? page({ id: 1 }) : ctx.redirect("/"),
});

Deno.test("A6 define.page infers data from the handler", () => {
  const Page = define.page<typeof handler>(({ data, state }) => {
    typed<IsExact<typeof data, { id: number }>>();
    typed<IsExact<typeof state, State>>();
    return <p>{data.id}</p>;
  });
  assertEquals(typeof Page, "function");
});

Deno.test("A6 define.page accepts async pages", () => {
  define.page<typeof handler>(async ({ data }) => {
    await Promise.resolve();
    return data.id ? <p /> : new Response();
  });
});

Deno.test("A6 middlewares and handlers see the state's type", () => {
  const one = define.middleware((ctx) => {
    typed<IsExact<typeof ctx.state, State>>();
    return ctx.next();
  });
  const both: MiddlewareFn<State>[] = define.middleware([one, one]);
  const alias: Middleware<State> = one;
  assertEquals([both.length, typeof alias], [2, "function"]);
});

Deno.test("A6 HttpError takes error statuses only", () => {
  assertEquals(new HttpError(404).status, 404);
  // @ts-expect-error a redirect is not an error
  new HttpError(302);
});

Deno.test("A2 the types that routes name are exported", () => {
  typed<IsExact<Context<State>, FreshContext<State>>>();
  const Layout = ({ Component, state }: PageProps<unknown, State>) => (
    <div title={state.name}>
      <Component />
    </div>
  );
  assertEquals(Layout.name, "Layout");
});

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
