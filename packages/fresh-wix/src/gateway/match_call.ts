/**
 * Whether a request is one of the listed calls.
 *
 * @module
 */

/** One call that the gateway lets through. */
export interface GatewayCall {
  /** In capitals. */
  readonly method: string;
  /** At Wix; `:name` stands for one segment that is an id. */
  readonly path: string;
}

/** No escapes: a later reader might decode them into another path. */
const ID = /^[\w.~-]{1,200}$/;

/** Returns the methods that a path is listed with; none when it is not listed. */
export function methodsFor(
  path: string,
  calls: readonly GatewayCall[],
): string[] {
  const segments = path.split("/");
  const listed = calls.filter((call) => {
    const parts = call.path.split("/");
    return parts.length === segments.length &&
      parts.every((part, index) => {
        const segment = segments[index] ?? "";
        return part.startsWith(":") ? ID.test(segment) : part === segment;
      });
  });
  return [...new Set(listed.map(({ method }) => method))];
}
