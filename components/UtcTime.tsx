/** A time of day for pages without scripts, which know no time zone. */
export function UtcTime({ unix }: { unix: number }) {
  const iso = new Date(unix * 1_000).toISOString();
  return <time dateTime={iso}>{iso.slice(11, 16)} UTC</time>;
}
