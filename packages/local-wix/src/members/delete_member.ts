import type { Call } from "../call.ts";
import { invalidField } from "../http/errors.ts";
import { textsIn } from "../http/parse.ts";
import { writeReply } from "../http/reply.ts";
import { readJson } from "../http/request.ts";
import { callingMember, changeableMember } from "./change_member.ts";

/** `DELETE /members/v1/members/my`: the member is logged out everywhere. */
export function deleteMyMember(call: Call): Response {
  call.backend.store.removeMember(callingMember(call).id);
  return writeReply({});
}

/** `DELETE /members/v1/members/{id}` */
export function deleteMember(call: Call): Response {
  call.backend.store.removeMember(changeableMember(call).id);
  return writeReply({});
}

/** `POST /members/v1/members/bulk/delete` */
export async function bulkDeleteMembers(call: Call): Promise<Response> {
  const { store } = call.backend;
  const { memberIds } = await readJson(call.request);
  const ids = textsIn(memberIds);
  if (ids.length === 0) throw invalidField("memberIds", "memberIds is empty");
  const results = ids.map((id, originalIndex) => {
    const success = store.removeMember(id);
    const error = {
      code: "MEMBER_NOT_FOUND",
      description: "There is no such member",
    };
    const item = { id, originalIndex, success };
    return { itemMetadata: success ? item : { ...item, error } };
  });
  const totalSuccesses =
    results.filter(({ itemMetadata }) => itemMetadata.success).length;
  return writeReply({
    results,
    bulkActionMetadata: {
      totalSuccesses,
      totalFailures: results.length - totalSuccesses,
      undetailedFailures: 0,
    },
  });
}
