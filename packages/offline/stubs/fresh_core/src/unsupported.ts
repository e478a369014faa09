/** Throws: `what` is part of real Fresh and left out here. */
export function unsupported(what: string): never {
  throw new Error(
    `${what} is not in the offline stub of fresh: ` +
      "use the real package (deno task <task> --jsr)",
  );
}

/** Returns a function that is left out. */
export function leftOut(what: string): (...args: unknown[]) => never {
  return () => unsupported(what);
}
