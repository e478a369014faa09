import { page } from "fresh";
import { define } from "@/lib/define.ts";
import { visitorClient } from "../by_hand/clients.ts";

export { default } from "@/routes/members.tsx";

export const handler = define.handlers({
  async GET(ctx) {
    ctx.state.title = "Members";
    const { items } = await visitorClient.members.queryMembers().find();
    return page({ items });
  },
});
