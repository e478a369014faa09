/**
 * Saying what is wrong with the settings before anything is started.
 *
 * @module
 */
import { ConfigError, readConfig } from "../config/read_config.ts";

/**
 * Ends the program with code 1 when something is missing or wrong, and lists
 * every problem.
 *
 * @param more Problems that the caller has found, as {@link ConfigError} lists
 * them.
 */
export function checkSettings(
  env: Readonly<Record<string, string>>,
  more: readonly string[] = [],
): void {
  const problems = [...settingsProblems(env), ...more];
  if (problems.length === 0) return;
  console.error(new ConfigError(problems).message);
  Deno.exit(1);
}

/** Returns what is wrong with the settings, as {@link ConfigError} lists it. */
export function settingsProblems(
  env: Readonly<Record<string, string>>,
): readonly string[] {
  try {
    readConfig((name) => env[name]);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}
