/**
 * Where the app's processor time goes, by V8's sampling profiler.
 *
 * @module
 */
import type { Inspector } from "./inspector.ts";

/** The part of a `.cpuprofile` that is read. */
interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: {
      readonly functionName: string;
      readonly url: string;
    };
  }[];
  /** Which node was running, at each sample. */
  readonly samples: readonly number[];
  /** Microseconds before each sample. */
  readonly timeDeltas: readonly number[];
}

/** A place in the code, and its share of the time that was not idle. */
export interface Share {
  readonly name: string;
  readonly share: number;
}

/** A profile, and what it says by area and by function. */
export interface Profile {
  /** To be opened in a browser's developer tools, as a `.cpuprofile`. */
  readonly raw: unknown;
  readonly areas: readonly Share[];
  readonly functions: readonly Share[];
}

/** Profiles the app while `work` runs. */
export async function profiled(
  inspector: Inspector,
  work: () => Promise<unknown>,
): Promise<Profile> {
  await inspector.send("Profiler.enable");
  await inspector.send("Profiler.start");
  await work();
  const { profile } = await inspector.send("Profiler.stop") as {
    profile: CpuProfile;
  };
  return {
    raw: profile,
    areas: shares(
      profile,
      ({ functionName, url }) => areaOf(functionName, url),
    ),
    functions: shares(
      profile,
      ({ functionName, url }) =>
        `${functionName || "(anonymous)"} ${
          url.split("/").slice(-2).join("/")
        }`,
    ),
  };
}

function shares(
  { nodes, samples, timeDeltas }: CpuProfile,
  nameOf: (frame: CpuProfile["nodes"][number]["callFrame"]) => string,
): Share[] {
  const names = new Map(nodes.map(({ id, callFrame }) =>
    [
      id,
      callFrame.functionName === "(idle)" ? undefined : nameOf(callFrame),
    ] as const
  ));
  const times = new Map<string, number>();
  let all = 0;
  samples.forEach((id, index) => {
    const name = names.get(id);
    if (name === undefined) return;
    const time = timeDeltas[index] ?? 0;
    times.set(name, (times.get(name) ?? 0) + time);
    all += time;
  });
  return [...times].map(([name, time]) => ({ name, share: time / all }))
    .sort((a, b) => b.share - a.share);
}

/** Coarse: what to look at first. */
function areaOf(functionName: string, url: string): string {
  if (functionName === "(garbage collector)") return "garbage collection";
  // Deno's own functions in Rust have no address; nor has what V8 does itself.
  if (url === "") return "native functions, such as Web Crypto";
  const name = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url)?.[1];
  if (name !== undefined) return name;
  if (url.startsWith("ext:") || url.startsWith("node:")) {
    return `Deno's ${url.split(/[:/]/).slice(0, 2).join(":")}`;
  }
  return url.includes("_fresh/server") ? "this app and its packages" : "else";
}
