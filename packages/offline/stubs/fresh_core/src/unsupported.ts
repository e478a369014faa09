/** Says that `what` is left out here, and how to get it. */
export function notInStub(what: string): string {
  return `${what} is not in the offline stub of fresh: ` +
    "use the real package (deno task <task> --jsr)";
}

/** Throws: `what` is part of real Fresh and left out here. */
export function unsupported(what: string): never {
  throw new Error(notInStub(what));
}

/** Returns a function that is left out. */
export function leftOut(what: string): (...args: unknown[]) => never {
  return () => unsupported(what);
}
