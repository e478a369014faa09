/**
 * Parses the command lines of tasks and formats their help.
 *
 * @module
 */
import { parseArgs } from "node:util";

/** A flag of a task. */
export interface Flag {
  /** Description for `--help`. */
  readonly text: string;
  /** Name of its value, such as `NUMBER`; missing for a switch. */
  readonly value?: string;
}

/** The flags and arguments of a task. */
export interface Syntax {
  readonly flags: Readonly<Record<string, Flag>>;
  /** Positional arguments for the help, such as `[path…]`. */
  readonly rest?: string;
  /** Whether unknown flags are passed on to another program, in `rest`. */
  readonly passesFlags?: boolean;
}

/** A parsed command line. */
export interface CommandLine {
  /** Values of flags by name; `true` for switches. */
  readonly values: Readonly<Record<string, string | true>>;
  /** The remaining arguments, in order. */
  readonly rest: readonly string[];
}

/** Thrown for an invalid command line. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/**
 * Parses `args`.
 *
 * @throws {UsageError} for an unknown flag, a missing value or an unexpected
 * argument.
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
    // Omit the second sentence, about arguments that start with a hyphen.
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
