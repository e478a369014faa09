/**
 * Makes the git repository of a new project.
 *
 * @module
 */

/** For a machine without an identity, such as a container. */
const IDENTITY = [
  ...["-c", "user.name=fresh-wix", "-c", "user.email=fresh-wix@localhost"],
];

/** Returns the name in git's settings, `undefined` without one. */
export async function gitUserName(root: string): Promise<string | undefined> {
  const { success, output } = await git(root, "config", "user.name");
  return success && output !== "" ? output : undefined;
}

/** Makes a repository with one commit. Returns the outcome in a few words. */
export async function makeFirstCommit(root: string): Promise<string> {
  const repository = await git(root, "init", "-q", "-b", "main");
  if (!repository.success) return `no repository: ${repository.output}`;
  const email = await git(root, "config", "user.email");
  const isKnown = email.success && await gitUserName(root) !== undefined;
  const identity = isKnown ? [] : IDENTITY;
  await git(root, "add", "--all");
  const message = "chore: start from fresh-wix";
  const commit = await git(root, ...identity, "commit", "-q", "-m", message);
  if (!commit.success) {
    return `a repository without a commit, because git refused it: ` +
      commit.output;
  }
  return isKnown
    ? "one commit on main"
    : "one commit on main, by fresh-wix: git has no user.name or user.email";
}

/** Runs git. The output is its error message when it fails. */
async function git(
  root: string,
  ...args: readonly string[]
): Promise<{ success: boolean; output: string }> {
  try {
    const { success, stdout, stderr } = await new Deno.Command("git", {
      args: [...args],
      cwd: root,
    }).output();
    const output = new TextDecoder().decode(success ? stdout : stderr).trim();
    return { success, output };
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    return { success: false, output: "git is not installed" };
  }
}
