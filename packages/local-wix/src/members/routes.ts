import { allow, type Route } from "../call.ts";
import {
  ELEVATED,
  EVERYONE,
  MEMBERS_AND_UP,
  USERS,
} from "../identity/identity.ts";
import { callingMember, changeableMember } from "./access.ts";
import {
  getCurrentMember,
  getMember,
  listMembers,
  queryMembers,
} from "./read_members.ts";
import {
  bulkDeleteMembers,
  byFilter,
  changeTo,
  clearContact,
  createMember,
  deleteMember,
  setPrivacy,
  updateMember,
  updateSlug,
} from "./write_members.ts";

const API = "/members/v1/members";

/** Site members. */
export const MEMBER_ROUTES: readonly Route[] = [
  // UNDOCUMENTED: calls of an app about "my" member. Here 403.
  ...allow(USERS, { [`GET ${API}/my`]: getCurrentMember }),
  ...allow(["member"], {
    [`DELETE ${API}/my`]: deleteMember(callingMember),
    [`POST ${API}/my/slug`]: updateSlug(callingMember),
    [`POST ${API}/join-community`]: setPrivacy("PUBLIC"),
    [`POST ${API}/leave-community`]: setPrivacy("PRIVATE"),
  }),
  ...allow(EVERYONE, {
    [`POST ${API}/query`]: queryMembers,
    [`GET ${API}`]: listMembers,
    [`GET ${API}/{id}`]: getMember,
  }),
  ...allow(MEMBERS_AND_UP, {
    [`PATCH ${API}/{id}`]: updateMember,
    [`POST ${API}/{id}/slug`]: updateSlug(changeableMember),
    [`DELETE ${API}/{id}/phones`]: clearContact("phones"),
    [`DELETE ${API}/{id}/emails`]: clearContact("emails"),
    [`DELETE ${API}/{id}/addresses`]: clearContact("addresses"),
  }),
  ...allow(ELEVATED, {
    [`POST ${API}`]: createMember,
    [`DELETE ${API}/{id}`]: deleteMember(changeableMember),
    [`POST ${API}/{id}/approve`]: changeTo({ status: "APPROVED" }),
    [`POST ${API}/{id}/block`]: changeTo({ status: "BLOCKED" }),
    [`POST ${API}/{id}/disconnect`]: changeTo({ status: "OFFLINE" }),
    [`POST ${API}/{id}/mute`]: changeTo({ activityStatus: "MUTED" }),
    [`POST ${API}/{id}/unmute`]: changeTo({ activityStatus: "ACTIVE" }),
    [`POST ${API}/bulk/delete`]: bulkDeleteMembers,
    [`POST ${API}/bulk/delete-by-filter`]: byFilter((store, { id }) =>
      store.removeMember(id)
    ),
    [`POST ${API}/bulk/approve-by-filter`]: byFilter((store, member) =>
      store.members.put({ ...member, status: "APPROVED" })
    ),
    [`POST ${API}/bulk/block-by-filter`]: byFilter((store, member) =>
      store.members.put({ ...member, status: "BLOCKED" })
    ),
  }),
];
