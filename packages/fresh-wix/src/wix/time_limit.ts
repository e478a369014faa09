/**
 * Time limits of calls that are under way: one timer for all of them. A timer
 * of its own for each call is a tenth of what the call costs, and one that is
 * left running keeps what it holds for as long.
 *
 * @module
 */

import { asNobody } from "./request_scope.ts";

/** The limit of one call. */
export interface TimeLimit {
  /** Aborts when the time is over. */
  readonly signal: AbortSignal;
  /** Ends the limit: the call is over. */
  clear(): void;
}

interface Call {
  /** As `performance.now()` counts. */
  readonly endsAt: number;
  readonly controller: AbortController;
}

const underWay = new Set<Call>();
let timer: ReturnType<typeof setTimeout> | undefined;
/** When the timer goes off; it may be for a call that is over. */
let goesOffAt = Infinity;

/** Begins a limit of so many milliseconds. */
export function limitTime(milliseconds: number): TimeLimit {
  const controller = new AbortController();
  const call = { endsAt: performance.now() + milliseconds, controller };
  underWay.add(call);
  if (call.endsAt < goesOffAt) goOffAt(call.endsAt);
  return {
    signal: controller.signal,
    clear() {
      underWay.delete(call);
      if (underWay.size === 0) goOffAt(Infinity);
    },
  };
}

function goOffAt(time: number): void {
  clearTimeout(timer);
  goesOffAt = time;
  if (time === Infinity) return;
  // Of no request: it outlives the one that sets it, and aborts others' calls.
  timer = asNobody(() =>
    setTimeout(endCalls, Math.max(0, time - performance.now()))
  );
}

function endCalls(): void {
  const now = performance.now();
  let next = Infinity;
  for (const call of underWay) {
    if (call.endsAt > now) {
      next = Math.min(next, call.endsAt);
    } else {
      underWay.delete(call);
      call.controller.abort();
    }
  }
  goOffAt(next);
}
