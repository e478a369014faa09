/**
 * The calls that islands may make through the gateway; others are rejected.
 * Written by `deno task gateway` from the SDK methods that islands use.
 *
 * @module
 */
import type { GatewayCall } from "@fresh-wix/core";

/** The calls by their SDK method, in alphabetical order. */
export const CALLS: readonly GatewayCall[] = [
  // members.queryMembers of @wix/members
  { method: "POST", path: "/members/v1/members/query" },
];
