/**
 * Runs local Wix as a process.
 *
 * @module
 */
import { ROOT } from "./packages.ts";

/** A running local Wix. */
export interface LocalWixProcess {
  readonly process: Deno.ChildProcess;
  /** Such as `http://localhost:4400`. */
  readonly origin: string;
  /** Lines that list the accounts of its site. */
  readonly accounts: readonly string[];
}

/** Returns arguments of `deno` that run local Wix with least privilege. */
export function localWixArgs(args: readonly string[]): string[] {
  const [seed = [], certificate = [], state] = ["seed", "https", "state"]
    .map((name) => valueOf(name, args));
  // A state file is replaced by its copy.
  const copy = state === undefined || state === "none"
    ? []
    : [state, `${state}.new`];
  const writable = [certificate, copy].flat();
  const readable = [seed, writable].flat();
  return [
    "run",
    "--no-config",
    // Its own npm packages, without the site's config.
    `--import-map=${ROOT}packages/local-wix/deno.json`,
    "--allow-net",
    ...(readable.length > 0 ? [`--allow-read=${readable.join(",")}`] : []),
    ...(writable.length > 0 ? [`--allow-write=${writable.join(",")}`] : []),
    `${ROOT}packages/local-wix/src/main.ts`,
    ...args,
  ];
}

function valueOf(name: string, args: readonly string[]): string | undefined {
  const index = args.indexOf(`--${name}`);
  if (index >= 0) return args[index + 1];
  return args.find((arg) => arg.startsWith(`--${name}=`))?.slice(
    name.length + 3,
  );
}

/**
 * Starts local Wix on a free port and waits until it listens. Its log is printed
 * with a prefix.
 */
export async function startLocalWix(
  flags: readonly string[] = [],
): Promise<LocalWixProcess> {
  const process = new Deno.Command(Deno.execPath(), {
    args: localWixArgs(flags),
    stdin: "null",
    stdout: "piped",
  }).spawn();
  const lines = process.stdout
    .pipeThrough(new TextDecoderStream())
    .pipeThrough(splitLines())
    .getReader();

  const { value: first = "" } = await lines.read();
  const origin = /^Local Wix listening on (http:\S+)$/.exec(first)?.[1];
  if (origin === undefined) {
    // It has printed the reason, such as an invalid seed.
    throw new Error(`Cannot start local Wix${first && `: ${first}`}`);
  }
  const accounts: string[] = [];
  for (let isList = false;;) {
    const { value = "", done } = await lines.read();
    if (done || isList && value === "") break;
    if (isList) accounts.push(value.trim());
    isList ||= value.startsWith("Client id");
  }
  forward(lines);
  return { process, origin, accounts };
}

async function forward(
  lines: ReadableStreamDefaultReader<string>,
): Promise<void> {
  for (;;) {
    const { value, done } = await lines.read();
    if (done) return;
    // Not pictures: they are no calls of the app.
    if (/^[A-Z]+ \/(?!media\/)/.test(value)) console.log(`wix | ${value}`);
  }
}

function splitLines(): TransformStream<string, string> {
  let rest = "";
  return new TransformStream({
    transform(chunk, controller) {
      const lines = (rest + chunk).split("\n");
      rest = lines.pop() ?? "";
      lines.forEach((line) => controller.enqueue(line));
    },
    flush(controller) {
      if (rest !== "") controller.enqueue(rest);
    },
  });
}
