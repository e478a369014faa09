import { GRANTS } from "../oauth/protocol.ts";
import { assertFault, type Fault } from "./fault.ts";

/** A fault, its grant or route, and the requests that it still waits for. */
export interface PendingFault {
  readonly target: string;
  readonly fault: Fault;
  readonly left: number | "always";
}

/** Faults that wait for the requests they are meant for. */
export class Faults {
  readonly #targets: ReadonlySet<string>;
  #pending: PendingFault[] = [];

  constructor(routeNames: readonly string[]) {
    this.#targets = new Set([...GRANTS, ...routeNames]);
  }

  /** Whether a connection is to be broken before a byte has been sent. */
  get hasPendingReset(): boolean {
    return this.#pending.some(({ fault }) => fault.kind === "reset");
  }

  /** The pending faults, those with a number of times first. */
  get list(): readonly PendingFault[] {
    return this.#pending;
  }

  /**
   * Lets the next requests to a grant or route fail. Those with a number of
   * times go first, in order; of those that last, the latest applies.
   */
  add(target: string, fault: Fault): void {
    this.#check(target, "inject a fault");
    assertFault(fault);
    const added = { target, fault, left: fault.times ?? 1 };
    const isLasting = (other: PendingFault) => other.left === "always";
    this.#pending = [
      ...this.#pending.filter((other) => !isLasting(other)),
      ...(isLasting(added) ? [] : [added]),
      ...this.#pending.filter((other) =>
        isLasting(other) && !(isLasting(added) && other.target === target)
      ),
      ...(isLasting(added) ? [added] : []),
    ];
  }

  /** The fault for this request to `target`, used up once. */
  take(target: string): Fault | undefined {
    const found = this.#pending.find((other) => other.target === target);
    if (found && found.left !== "always") {
      const left = found.left - 1;
      this.#pending = this.#pending.flatMap((other) =>
        other !== found ? [other] : left > 0 ? [{ ...found, left }] : []
      );
    }
    return found?.fault;
  }

  /** Forgets the pending faults: all, or those of one target. */
  clear(target?: string): void {
    if (target !== undefined) this.#check(target, "clear faults");
    this.#pending = this.#pending.filter((other) =>
      target !== undefined && other.target !== target
    );
  }

  #check(target: string, intent: string): void {
    if (this.#targets.has(target)) return;
    throw new TypeError(`Cannot ${intent}: ${target} is no grant and no route`);
  }
}
