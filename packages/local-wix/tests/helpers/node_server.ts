/** Whether tests of the command run the one of the package for npm, on Node. */
export const ON_NODE = Deno.env.get("LOCAL_WIX_ON") === "node";

/** The command of the package, which `deno task npm` builds. */
export const CLI = new URL("../../npm/cli.js", import.meta.url).pathname;

/** Whether this machine has a command. */
export async function isInstalled(command: string): Promise<boolean> {
  try {
    const version = new Deno.Command(command, { args: ["--version"] });
    return (await version.output()).success;
  } catch {
    return false;
  }
}
