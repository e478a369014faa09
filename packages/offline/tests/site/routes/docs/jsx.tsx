const words = [`"a"`, "<b>", "c & d"];

/** Markup that Deno's precompile treats in its own way. */
export default function Jsx() {
  const busy = false;
  return (
    <main>
      <p id="text">{words[0]}</p>
      <p id="array">{[...words]}</p>
      <ul>{words.map((word) => <li key={word}>{word}</li>)}</ul>
      <input id="field" defaultValue="value" aria-invalid={busy} />
    </main>
  );
}
