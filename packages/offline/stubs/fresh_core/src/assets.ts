/** Where things are that browsers load: what the Vite plugin hands to an app. */
export interface Assets {
  /** Folder that the paths in `staticFiles` are relative to. */
  root: string;
  id: string;
  /** Markup that ends the head of every page. */
  head: string;
  /** Path of the module with `boot()`. */
  entry: string;
  /** Paths of modules and of their styles, by file, as in Vite's manifest. */
  modules: Readonly<Record<string, { file: string; css?: string[] }>>;
  /** Files that are served as they are, by URL path. */
  staticFiles: Record<string, { path: string; type: string; hash: string }>;
}

/** The assets of the app with this config; none in unit tests. */
export const builds = new WeakMap<object, Assets>();
