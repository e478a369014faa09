import { assertEquals, assertStrictEquals } from "@std/assert";
import { mutableResponse } from "../../src/http/responses.ts";

Deno.test("mutableResponse() leaves a response alone whose headers can change", () => {
  const response = new Response("body");
  assertStrictEquals(mutableResponse(response), response);
});

Deno.test("mutableResponse() copies one whose headers cannot", () => {
  const redirect = Response.redirect("https://shop.example/", 303);
  const copy = mutableResponse(redirect);
  copy.headers.set("cache-control", "no-store");
  assertEquals(copy.status, 303);
  assertEquals(copy.headers.get("location"), "https://shop.example/");
});
