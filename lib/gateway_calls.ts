/**
 * What islands may call through the gateway; all else is refused. Written by
 * `deno task gateway` from the SDK methods that islands name.
 *
 * @module
 */
import type { GatewayCall } from "@fresh-wix/core";

/** The calls by their SDK method, in alphabetical order. */
export const CALLS: readonly GatewayCall[] = [
  // members.queryMembers of @wix/members
  { method: "POST", path: "/members/v1/members/query" },
];
