/** Throws: `what` is part of real Fresh and left out here. */
export function unsupported(what: string): never {
  throw new Error(
    `${what} is not in the offline stand-in of fresh: ` +
      "use the real package (deno task <task> --jsr)",
  );
}

/** Refuses option keys that the stand-in would otherwise ignore. */
export function onlyOptions(
  what: string,
  options: object,
  known: readonly string[],
): void {
  for (const key of Object.keys(options)) {
    if (!known.includes(key)) unsupported(`${what} option "${key}"`);
  }
}
