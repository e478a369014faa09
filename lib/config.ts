/**
 * The settings of this process, read when the module is first loaded: at the
 * start of the server, so that a wrong setting never meets a visitor.
 *
 * @module
 */
import { type Config, readConfig } from "@/lib/config/config.ts";

/** The resolved settings; see {@link Config}. */
export const config: Config = readConfig((name) => Deno.env.get(name));
