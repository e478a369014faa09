/**
 * The filter and page of an order list, as stored in the URL.
 *
 * @module
 */
import { HttpError } from "fresh";
import {
  FULFILLMENT_STATUSES,
  PAYMENT_STATUSES,
} from "@/components/order_status.ts";

/** The names of the query parameters. */
export type OrderQueryField = typeof FIELDS[number];

const FIELDS = [
  "number",
  "payment",
  "fulfillment",
  "from",
  "to",
  "cursor",
] as const;

/** The query parameters. All values are validated, except the cursor. */
export interface OrderQuery {
  /** The number that buyers know, such as `10042`. */
  readonly number?: string;
  /** A payment status of Wix, such as `NOT_PAID`. */
  readonly payment?: string;
  /** A fulfillment status of Wix. */
  readonly fulfillment?: string;
  /** First and last day, in UTC: `2026-11-20`. */
  readonly from?: string;
  readonly to?: string;
  /** Wix's cursor of a page after the first; opaque. */
  readonly cursor?: string;
}

/** Thrown for an invalid query parameter. */
export class OrderQueryError extends HttpError {
  /**
   * @param field The invalid parameter.
   * @param filter The valid parameters, to show in the filter form.
   */
  constructor(
    readonly field: OrderQueryField,
    readonly filter: OrderQuery,
    options?: ErrorOptions,
  ) {
    super(400, `Cannot list orders: ${field} is invalid`, options);
  }
}

/** Longer than the cursors that Wix returns. */
const MAX_CURSOR_LENGTH = 4_000;

/**
 * Parses the query parameters of a URL. Empty values, which forms send, and
 * unknown names are ignored.
 *
 * @throws {OrderQueryError} for an invalid value.
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
  number: (value) => /^\d{1,12}$/.test(value),
  payment: (value) => Object.hasOwn(PAYMENT_STATUSES, value),
  fulfillment: (value) => Object.hasOwn(FULFILLMENT_STATUSES, value),
  from: isDay,
  to: isDay,
  cursor: (value) => value.length <= MAX_CURSOR_LENGTH,
};

/** Returns the query string of a URL: `""`, or a string that starts with `?`. */
export function orderQueryString(query: OrderQuery): string {
  const params = new URLSearchParams();
  for (const field of FIELDS) {
    const value = query[field];
    if (value !== undefined) params.set(field, value);
  }
  return params.size === 0 ? "" : `?${params}`;
}

/** Returns whether a filter is set. */
export function isFiltered({ cursor: _, ...filter }: OrderQuery): boolean {
  return Object.keys(filter).length > 0;
}

/** Returns the filter for Wix's search. Cursors already contain it. */
export function searchFilter(
  { number, payment, fulfillment, from, to }: OrderQuery,
): Record<string, unknown> {
  return {
    ...(number && { number: { $eq: number } }),
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
  // Date turns February 31 into a day in March.
  return !Number.isNaN(date.getTime()) &&
    date.toISOString().slice(0, 10) === text;
}
