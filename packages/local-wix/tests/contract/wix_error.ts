import { assertEquals, assertRejects } from "@std/assert";
import { at } from "../helpers/http.ts";

/**
 * Asserts that the SDK throws an error of Wix with this status and, when one
 * is given, this code of its application error.
 */
export async function assertWixError(
  call: () => Promise<unknown>,
  status: number,
  code?: string,
): Promise<void> {
  const error: unknown = await assertRejects(call);
  assertEquals(at(error, "status"), status, String(error));
  if (code === undefined) return;
  assertEquals(at(error, "details.applicationError.code"), code);
}
