import type { Handler } from "../call.ts";
import { invalidField } from "../http/errors.ts";
import { isRecord } from "../http/json.ts";
import { writeReply } from "../http/reply.ts";
import { readJson } from "../http/request.ts";
import { compileFilter } from "../query/filter.ts";
import type { Store } from "../store.ts";
import type { Member } from "./member.ts";
import { FILTER_FIELDS } from "./member_fields.ts";
import { compileSearch } from "./member_search.ts";

/** `POST /members/v1/members/bulk/approve-by-filter` */
export const bulkApproveMembers = byFilter((store, member) =>
  store.putMember({ ...member, status: "APPROVED" })
);

/** `POST /members/v1/members/bulk/block-by-filter` */
export const bulkBlockMembers = byFilter((store, member) =>
  store.putMember({ ...member, status: "BLOCKED" })
);

/** `POST /members/v1/members/bulk/delete-by-filter` */
export const bulkDeleteMembersByFilter = byFilter((store, member) =>
  store.removeMember(member.id)
);

/**
 * UNDOCUMENTED: when the job of a bulk call by filter runs. Here it is done
 * before the answer, so that a test can look at once.
 */
function byFilter(run: (store: Store, member: Member) => void): Handler {
  return async ({ request, backend }) => {
    const { filter, search } = await readJson(request);
    if (!isRecord(filter)) throw invalidField("filter", "filter is required");
    const matches = compileFilter(filter, FILTER_FIELDS);
    const mentions = compileSearch(search);
    const { store } = backend;
    store.members
      .filter((member) => matches(member) && mentions(member))
      .forEach((member) => run(store, member));
    return writeReply({ jobId: backend.newId() });
  };
}
