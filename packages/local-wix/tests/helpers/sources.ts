const ROOT = new URL("../../../../", import.meta.url);

/** Every TypeScript file in a folder of the project. */
export async function* sourcesOf(folder: string): AsyncGenerator<URL> {
  yield* walk(new URL(`${folder}/`, ROOT));
}

async function* walk(folder: URL): AsyncGenerator<URL> {
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (isDirectory) yield* walk(new URL(`${name}/`, folder));
    else if (name.endsWith(".ts")) yield new URL(name, folder);
  }
}
