const SOURCES = new URL("../../src/", import.meta.url);

/** Path and text of every source file of the package. */
export async function sourceTexts(): Promise<[path: string, text: string][]> {
  return await Array.fromAsync(walk(SOURCES), async (file) => [
    file.pathname.slice(SOURCES.pathname.length),
    await Deno.readTextFile(file),
  ]);
}

async function* walk(folder: URL): AsyncGenerator<URL> {
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (isDirectory) yield* walk(new URL(`${name}/`, folder));
    else if (/\.tsx?$/.test(name)) yield new URL(name, folder);
  }
}
