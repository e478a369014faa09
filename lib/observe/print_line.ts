/**
 * Lines of the log.
 *
 * @module
 */
import { isObserved } from "./span.ts";

const utf8 = new TextEncoder();

/**
 * Writes a line to stdout. `console.log()` takes twice as long, but is what
 * OpenTelemetry records. That nobody reads the log is no reason to fail.
 */
export function printLine(line: string): void {
  if (isObserved) return console.log(line);
  let rest = utf8.encode(`${line}\n`);
  try {
    while (rest.length > 0) rest = rest.subarray(Deno.stdout.writeSync(rest));
  } catch {
    // A pipe that is closed, or full.
  }
}
