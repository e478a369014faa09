/**
 * The command lines of tasks: what each takes, its help, and what it refuses.
 *
 * @module
 */
import { parseArgs } from "node:util";

/** A flag of a task. */
export interface Flag {
  /** What it does, for `--help`. */
  readonly text: string;
  /** Name of its value, such as `NUMBER`; a flag without one is a switch. */
  readonly value?: string;
}

/** What a task takes. */
export interface Syntax {
  readonly flags: Readonly<Record<string, Flag>>;
  /** What may follow, such as `[path…]`. */
  readonly rest?: string;
  /** Flags that are not listed are for another program, and part of the rest. */
  readonly passesFlags?: boolean;
}

/** A command line that a task takes. */
export interface CommandLine {
  /** Values of flags by name; a switch that is given is `true`. */
  readonly values: Readonly<Record<string, string | true>>;
  /** Everything else, in order. */
  readonly rest: readonly string[];
}

/** Thrown for a command line that a task does not take. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/**
 * Returns the parts of `args`.
 *
 * @throws {UsageError} for an unknown flag, a missing value or an argument of
 * a task that takes none.
 */
export function parseCommandLine(
  args: readonly string[],
  { flags, rest, passesFlags = false }: Syntax,
): CommandLine {
  if (passesFlags) {
    const isOurs = (arg: string) =>
      arg.startsWith("--") && arg.slice(2) in flags;
    const ours = args.filter(isOurs);
    return {
      values: Object.fromEntries(ours.map((arg) => [arg.slice(2), true])),
      rest: args.filter((arg) => !isOurs(arg)),
    };
  }
  const options = Object.fromEntries(
    Object.entries(flags).map(([name, { value }]) => [
      name,
      { type: value === undefined ? "boolean" : "string" } as const,
    ]),
  );
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options,
      allowPositionals: rest !== undefined,
    });
    return { values: values as CommandLine["values"], rest: positionals };
  } catch (error) {
    // The second sentence is about arguments that begin with a hyphen.
    const [reason = ""] = error instanceof Error
      ? error.message.split(". ")
      : [];
    throw new UsageError(reason, { cause: error });
  }
}

/** Returns the help of a task. */
export function helpText(
  task: string,
  description: string,
  { flags, rest }: Syntax,
): string {
  const lines = Object.entries(flags).map(([name, { value, text }]) =>
    [value === undefined ? `--${name}` : `--${name} ${value}`, text] as const
  );
  const width = Math.max(...lines.map(([flag]) => flag.length));
  const usage = [
    `deno task ${task}`,
    ...lines.map(([flag]) => `[${flag}]`),
    ...(rest === undefined ? [] : [rest]),
  ];
  return [
    usage.join(" "),
    "",
    description,
    "",
    ...lines.map(([flag, text]) => `  ${flag.padEnd(width)}  ${text}`),
  ].join("\n").trimEnd();
}
