/**
 * The flash messages of this process; see {@link createFlashes}.
 *
 * @module
 */
import { config } from "@/lib/config.ts";
import { createFlashes } from "@/lib/http/flash.ts";

/** What forms have the next page say. */
export const flashes = createFlashes(config.local);
