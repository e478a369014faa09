import { assertEquals, assertStringIncludes } from "@std/assert";
import { test } from "../helpers/shared_site.ts";
import { ANN, BEN } from "../helpers/site.ts";

test("GET /account/vip opens for members with the badge only", async ({ site }) => {
  const open = async (email: string) =>
    await (await site.member(email)).open("/account/vip");
  const { body } = await open(ANN);
  assertStringIncludes(body, "Our winter pans launch on Friday.");
  assertEquals((await open(BEN)).status, 403);
});
