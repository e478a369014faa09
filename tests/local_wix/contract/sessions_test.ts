import { members } from "@wix/members";
import { assertEquals } from "@std/assert";
import { contract } from "./site.ts";

contract(
  "a member's client says who is logged in",
  ["member"],
  async (site) => {
    const client = await site.member({ members });
    const { member } = await client.members.getCurrentMember();
    assertEquals(typeof member?._id, "string");
    assertEquals(client.auth.loggedIn(), true);
  },
);
