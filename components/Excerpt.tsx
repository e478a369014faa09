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
      <pre>
        <code>
          {breakableParts(text).map((part, index) => (
            <Part key={index} text={part} />
          ))}
        </code>
      </pre>
    </figure>
  );
}

/** Long names begin a line of their own rather than break. */
function breakableParts(text: string): string[] {
  return text.split(/(?<=\()(?=[\w.]{12})/);
}

/** Its text is an only child: strings in an array would be escaped twice. */
function Part({ text }: { text: string }) {
  return (
    <>
      <wbr />
      {text}
    </>
  );
}
