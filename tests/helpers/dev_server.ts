/**
 * Runs `deno task dev`.
 *
 * @module
 */
import type { ProjectCopy } from "@/tools/project_copy.ts";
import { taskCommand } from "./tasks.ts";

/** A running dev server; `await using` ends it. */
export interface DevServer extends AsyncDisposable {
  readonly origin: string;
  /** Returns its output so far. */
  output(): string;
}

/**
 * Starts the dev server and waits for its URL.
 *
 * @param project A project copy to run instead of this project.
 */
export async function startDevServer(
  settings: Record<string, string>,
  project?: Pick<ProjectCopy, "root" | "config">,
): Promise<DevServer> {
  const process = taskCommand("dev", settings, project).spawn();
  let output = "";
  const address = Promise.withResolvers<string>();
  const reading = [process.stdout, process.stderr].map(async (stream) => {
    for await (const text of stream.pipeThrough(new TextDecoderStream())) {
      output += text;
      const [, origin] = /App +(http:\S+)\s/.exec(output) ?? [];
      if (origin !== undefined) address.resolve(origin);
    }
  });
  const ended = Promise.all([process.status, ...reading]);
  ended.then(() =>
    address.reject(new Error(`The dev server has ended:\n${output}`))
  );
  return {
    origin: await address.promise,
    output: () => output,
    async [Symbol.asyncDispose]() {
      process.kill("SIGINT");
      await ended;
    },
  };
}
