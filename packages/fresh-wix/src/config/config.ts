/**
 * The settings of this process, read when the module is first loaded: at the
 * start of the server, so that a wrong setting never meets a visitor.
 *
 * @module
 */
import { type Config, ConfigError, readConfig } from "./read_config.ts";

/** The resolved settings; see {@link Config}. */
export const config: Config = readConfig(readVariable);

function readVariable(name: string): string | undefined {
  try {
    return Deno.env.get(name);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotCapable)) throw error;
    throw new ConfigError([
      `${name} may not be read: run the app with \`deno task serve\`, or ` +
      "with --allow-env",
    ]);
  }
}
