/** Source by region name, defined by `tools/vite_excerpts.ts` at build time. */
declare const SOURCE_EXCERPTS: Readonly<
  Record<string, { readonly file: string; readonly text: string }>
>;

/** Returns whether a region exists: its demonstration may be removed. */
export function hasExcerpt(name: string): boolean {
  return name in SOURCE_EXCERPTS;
}

/** Shows a region of this app's source code. */
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

/** Splits before long names, so that they wrap instead of breaking. */
function breakableParts(text: string): string[] {
  return text.split(/(?<=\()(?=[\w.]{12})/);
}

/** A component, because strings in an array would be escaped twice. */
function Part({ text }: { text: string }) {
  return (
    <>
      <wbr />
      {text}
    </>
  );
}
