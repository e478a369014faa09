/**
 * The flash messages of this process; see {@link createFlashes}.
 *
 * @module
 */
import { config } from "../config/config.ts";
import { createFlashes } from "./flash.ts";

/** What forms have the next page say. */
export const flashes = createFlashes(config.local);
