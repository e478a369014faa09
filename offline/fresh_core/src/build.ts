import type { ResolvedFreshConfig } from "./types.ts";
import type { IslandModule } from "./islands.ts";

/** What the Vite plugin hands to an app: {@linkcode attachBuild}. */
export interface Build {
  /** Folder that `staticFiles` paths are relative to. */
  root: string;
  id: string;
  client: ClientAssets;
  islands: IslandModule[];
  files: RouteFile[];
  staticFiles: Record<string, StaticFile>;
}

/** What the browser loads on behalf of a page. */
export interface ClientAssets {
  /** URL of the module with `boot()`. */
  entry: string;
  /** URLs of the stylesheets of every page. */
  styles: string[];
}

/** One file under `routes/`. */
export interface RouteFile {
  kind: "app" | "error" | "layout" | "middleware" | "route";
  /** Name of the file, for messages. */
  file: string;
  /** Pattern of the folder, `""` at the root. */
  folder: string;
  /** Pattern of the URL; `""` unless a route. */
  path: string;
  /** Returns the module; promised for routes, which load lazily. */
  load(): unknown;
}

/** One file that is served as it is. */
export interface StaticFile {
  path: string;
  type: string;
  /** SHA-256 of the bytes, in hex. */
  hash: string;
}

const builds = new WeakMap<ResolvedFreshConfig, Build>();

/** Makes `build` the build of the app with this config. */
export function setBuild(config: ResolvedFreshConfig, build: Build): void {
  config.root = build.root;
  builds.set(config, build);
}

/** The build of the app with this config; none in unit tests. */
export function buildOf(config: ResolvedFreshConfig): Build | undefined {
  return builds.get(config);
}
