import { assertEquals, assertStrictEquals } from "@std/assert";
import * as fresh from "fresh";
import * as runtime from "fresh/runtime";

Deno.test("A1 fresh exports these values and no others", () => {
  assertEquals(Object.keys(fresh).sort(), [
    "App",
    "HttpError",
    "cors",
    "createDefine",
    "csp",
    "csrf",
    "ipFilter",
    "page",
    "staticFiles",
    "trailingSlashes",
  ]);
});

Deno.test("A3 fresh/runtime exports these values and no others", () => {
  assertEquals(Object.keys(runtime).sort(), [
    "Head",
    "HttpError",
    "IS_BROWSER",
    "Partial",
    "asset",
    "assetSrcSet",
  ]);
});

Deno.test("A3 both entry points share one HttpError", () => {
  assertStrictEquals(fresh.HttpError, runtime.HttpError);
});

Deno.test("H11 IS_BROWSER is false on the server", () => {
  assertEquals(runtime.IS_BROWSER, false);
});
