/** By the name of the region; put there by `tools/vite_excerpts.ts`. */
declare const SOURCE_EXCERPTS: Readonly<
  Record<string, { readonly file: string; readonly text: string }>
>;

/** Lines of this app's own source, as they were when it was built. */
export function Excerpt({ name }: { name: string }) {
  const { [name]: excerpt } = SOURCE_EXCERPTS;
  if (excerpt === undefined) {
    throw new RangeError(`Cannot show source: no file has a region "${name}"`);
  }
  const { file, text } = excerpt;
  return (
    <figure class="code">
      <figcaption>{file}</figcaption>
      <pre><code>{breakable(text)}</code></pre>
    </figure>
  );
}

/** A long line breaks after a bracket rather than within a name. */
function breakable(text: string) {
  return text.split(/(?<=\()(?=\w)/)
    .flatMap((part, index) => [<wbr key={index} />, part]);
}
