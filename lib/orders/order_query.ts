/**
 * Which orders somebody asks for, as it stands in an address.
 *
 * @module
 */
import { HttpError } from "fresh";
import {
  FULFILLMENT_STATUSES,
  PAYMENT_STATUSES,
} from "@/components/order_status.ts";

/** The names that an address may use. */
export type OrderQueryField = typeof FIELDS[number];

const FIELDS = ["payment", "fulfillment", "from", "to", "cursor"] as const;

/** What an address asks for; every value has been checked, but the cursor. */
export interface OrderQuery {
  /** A payment status of Wix, such as `NOT_PAID`. */
  readonly payment?: string;
  /** A fulfillment status of Wix. */
  readonly fulfillment?: string;
  /** First and last day, in UTC: `2026-11-20`. */
  readonly from?: string;
  readonly to?: string;
  /** Of a page other than the first; only Wix can read it. */
  readonly cursor?: string;
}

/** An address asks for orders in a way that nobody understands. */
export class OrderQueryError extends HttpError {
  /**
   * @param field The invalid part of the query.
   * @param filter Its valid parts, so that nobody has to choose them again.
   */
  constructor(
    readonly field: OrderQueryField,
    readonly filter: OrderQuery,
    options?: ErrorOptions,
  ) {
    super(400, `Cannot list orders: ${field} is not understood`, options);
  }
}

/** Longer than any cursor of Wix that was seen. */
const MAX_CURSOR_LENGTH = 4_000;

/**
 * Returns what the query of an address asks for. Empty values, which forms
 * send, ask for nothing; other names are not looked at.
 *
 * @throws {OrderQueryError} for a value that means nothing.
 */
export function readOrderQuery(params: URLSearchParams): OrderQuery {
  const query: { -readonly [field in OrderQueryField]?: string } = {};
  let problem: OrderQueryField | undefined;
  for (const field of FIELDS) {
    const value = params.get(field);
    if (value === null || value === "") continue;
    if (CHECKS[field](value)) query[field] = value;
    else problem ??= field;
  }
  const { from, to } = query;
  if (from !== undefined && to !== undefined && from > to) problem ??= "to";
  if (problem === undefined) return query;
  const { cursor: _, ...filter } = query;
  throw new OrderQueryError(problem, filter);
}

const CHECKS: Record<OrderQueryField, (value: string) => boolean> = {
  payment: (value) => Object.hasOwn(PAYMENT_STATUSES, value),
  fulfillment: (value) => Object.hasOwn(FULFILLMENT_STATUSES, value),
  from: isDay,
  to: isDay,
  cursor: (value) => value.length <= MAX_CURSOR_LENGTH,
};

/** Returns the query as an address has it, `""` or with `?`. */
export function orderQueryString(query: OrderQuery): string {
  const params = new URLSearchParams();
  for (const field of FIELDS) {
    const value = query[field];
    if (value !== undefined) params.set(field, value);
  }
  return params.size === 0 ? "" : `?${params}`;
}

/** Returns whether orders are left out on purpose. */
export function isFiltered({ cursor: _, ...filter }: OrderQuery): boolean {
  return Object.keys(filter).length > 0;
}

/** Returns the query in the words of Wix's search; a cursor holds it already. */
export function searchFilter(
  { payment, fulfillment, from, to }: OrderQuery,
): Record<string, unknown> {
  return {
    ...(payment && { paymentStatus: { $eq: payment } }),
    ...(fulfillment && { fulfillmentStatus: { $eq: fulfillment } }),
    ...((from || to) && {
      _createdDate: {
        ...(from && { $gte: `${from}T00:00:00.000Z` }),
        ...(to && { $lte: `${to}T23:59:59.999Z` }),
      },
    }),
  };
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00.000Z`);
  // The 31st of February becomes another day.
  return !Number.isNaN(date.getTime()) &&
    date.toISOString().slice(0, 10) === text;
}
