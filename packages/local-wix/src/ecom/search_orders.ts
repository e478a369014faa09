import type { Call } from "../call.ts";
import { invalidField } from "../http/errors.ts";
import type { JsonObject } from "../http/json.ts";
import { integerIn, objectIn, textIn } from "../http/parse.ts";
import { reply } from "../http/reply.ts";
import { readJson } from "../http/request.ts";
import {
  cursorPage,
  type CursorState,
  decodeCursor,
  encodeCursor,
} from "../query/cursor.ts";
import { compileFilter, mentionsField } from "../query/filter.ts";
import { readSort, sortBy, type SortKey } from "../query/sort.ts";
import { ordersOf } from "./order_access.ts";
import { FILTER_FIELDS, SORT_RULES } from "./order_fields.ts";

const LIMIT = { min: 1, max: 100, otherwise: 100 };
const NEWEST_FIRST = [{ fieldName: "createdDate", order: "DESC" }];

/** `POST /ecom/v1/orders/search` */
export async function searchOrders(call: Call): Promise<Response> {
  const body = await readJson(call.request);
  const request = readSearch(objectIn(body.search, "search"));
  const { filter, sort, limit, from } = request;
  const steps = readSort(sort, SORT_RULES);
  const matches = compileFilter(filter, FILTER_FIELDS);
  const namesStatus = mentionsField(filter, "status");
  const found = ordersOf(call).filter((order) =>
    order.status !== "INITIALIZED" && matches(order) &&
    (namesStatus || !["PENDING", "REJECTED"].includes(order.status))
  );
  const page = cursorPage(sortBy(found, steps), { steps, limit, from });
  const cursor = (key: SortKey | null, side: CursorState["side"]) =>
    key && encodeCursor({ filter, sort, limit, key, side });
  return reply({
    orders: page.items,
    metadata: {
      count: page.items.length,
      cursors: {
        next: cursor(page.next, "after"),
        prev: cursor(page.prev, "before"),
      },
      hasNext: page.next !== null,
    },
  });
}

interface OrderSearch {
  readonly filter: unknown;
  readonly sort: unknown;
  readonly limit: number;
  readonly from: CursorState | null;
}

/**
 * UNDOCUMENTED: a filter or sort sent along with a cursor, which already holds
 * both. Here it is refused, so that nobody relies on it.
 */
function readSearch({ filter, sort, cursorPaging }: JsonObject): OrderSearch {
  const paging = objectIn(cursorPaging, "search.cursorPaging");
  const cursor = textIn(paging.cursor);
  const field = "search.cursorPaging.limit";
  if (!cursor) {
    const limit = integerIn(paging.limit, field, LIMIT);
    return { filter, sort: sort ?? NEWEST_FIRST, limit, from: null };
  }
  if (filter !== undefined || sort !== undefined) {
    const text = "A cursor cannot be combined with filter or sort";
    throw invalidField("search.cursorPaging.cursor", text);
  }
  const from = decodeCursor(cursor);
  const limit = integerIn(paging.limit ?? from.limit, field, LIMIT);
  return { filter: from.filter, sort: from.sort, limit, from };
}
