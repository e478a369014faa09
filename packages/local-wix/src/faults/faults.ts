import { GRANTS } from "../counters.ts";
import { assertFault, type Fault } from "./fault.ts";

/** A failure and the requests it still waits for. */
export interface WaitingFault {
  readonly target: string;
  readonly fault: Fault;
  readonly left: number | "always";
}

/** Failures waiting for the requests they are meant for. */
export class Faults {
  readonly #targets: ReadonlySet<string>;
  readonly #waiting = new Map<string, { fault: Fault; left: number }[]>();
  readonly #lasting = new Map<string, Fault>();

  constructor(routeNames: readonly string[]) {
    this.#targets = new Set([...GRANTS, ...routeNames]);
  }

  /** Whether a connection is to be broken before a byte has been sent. */
  get resetWaiting(): boolean {
    if (this.#waiting.size === 0 && this.#lasting.size === 0) return false;
    const waiting = [...this.#waiting.values()].flat();
    const faults = [...this.#lasting.values(), ...waiting.map((w) => w.fault)];
    return faults.some(({ kind }) => kind === "reset");
  }

  /** The failures that wait, those with a number of times first. */
  get list(): readonly WaitingFault[] {
    const waiting = this.#waiting.entries().flatMap(([target, queue]) =>
      queue.map(({ fault, left }) => ({ target, fault, left }))
    );
    const lasting = this.#lasting.entries().map(([target, fault]) => ({
      target,
      fault,
      left: "always" as const,
    }));
    return [...waiting, ...lasting];
  }

  /**
   * Lets the next requests to a grant or route fail. Those with a number of
   * times go first, in order; of those that last, the latest counts.
   */
  add(target: string, fault: Fault): void {
    this.#check(target, "inject a fault");
    assertFault(fault);
    if (fault.times === "always") {
      this.#lasting.set(target, fault);
      return;
    }
    const queue = this.#waiting.get(target) ?? [];
    queue.push({ fault, left: fault.times ?? 1 });
    this.#waiting.set(target, queue);
  }

  /** The fault for this request to `target`, used up once. */
  take(target: string): Fault | undefined {
    const queue = this.#waiting.get(target);
    const first = queue?.[0];
    if (!queue || !first) return this.#lasting.get(target);
    first.left--;
    if (first.left <= 0) queue.shift();
    if (queue.length === 0) this.#waiting.delete(target);
    return first.fault;
  }

  /** Forgets the waiting faults: all, or those of one target. */
  clear(target?: string): void {
    if (target === undefined) {
      this.#waiting.clear();
      this.#lasting.clear();
      return;
    }
    this.#check(target, "clear faults");
    this.#waiting.delete(target);
    this.#lasting.delete(target);
  }

  #check(target: string, intent: string): void {
    if (this.#targets.has(target)) return;
    throw new TypeError(`Cannot ${intent}: ${target} is no grant and no route`);
  }
}
