import type { IslandModule } from "./islands.ts";
import type { ResolvedFreshConfig } from "./types.ts";

/** What the Vite plugin hands to an app. */
export interface Build {
  /** Folder that the paths in `staticFiles` are relative to. */
  root: string;
  id: string;
  /** URL of the module with `boot()`. */
  entry: string;
  islands: IslandModule[];
  /** Files that are served as they are, by URL path. */
  staticFiles: Record<string, { path: string; type: string; hash: string }>;
}

/** The build of the app with this config; none in unit tests. */
export const builds = new WeakMap<ResolvedFreshConfig, Build>();
