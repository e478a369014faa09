/**
 * Showing that what is compared is comparable: both apps answer the same.
 *
 * @module
 */
import { comparable } from "./reference_project.ts";
import type { Rig, RigServers } from "./rig.ts";
import type { Scenario } from "./scenarios.ts";

/**
 * Asks both apps once.
 *
 * @returns The length of their common answer, in characters.
 * @throws {Error} when they differ, with the place.
 */
export async function compareAnswers(
  { cookies }: Rig,
  servers: RigServers,
  { path, as, name }: Scenario,
  comparedWith: "reference" | "stepless",
): Promise<number> {
  const { app, [comparedWith]: other } = servers;
  const [ours = "", theirs = ""] = await Promise.all(
    [app, other].map(async ({ origin }) => {
      const [cookie] = cookies[as];
      const answer = await fetch(origin + path, {
        headers: cookie === undefined ? {} : { cookie },
      });
      return comparable(await answer.text());
    }),
  );
  if (ours === theirs) return ours.length;
  const at = [...ours].findIndex((text, index) => text !== theirs[index]);
  const around = (text: string) => JSON.stringify(text.slice(at - 40, at + 80));
  throw new Error(
    `Cannot compare ${name}: at ${at} the app has ${around(ours)}, ` +
      `${comparedWith} ${around(theirs)}`,
  );
}
