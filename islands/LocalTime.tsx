import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";

interface LocalTimeProps {
  /** ISO 8601, UTC. */
  iso: string;
}

/**
 * A date in the reader's time zone and language, which only the browser
 * knows; until then, and without JavaScript, the date in UTC.
 */
export default function LocalTime({ iso }: LocalTimeProps) {
  const text = useSignal(`${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`);

  useEffect(() => {
    text.value = new Intl.DateTimeFormat(undefined, {
      dateStyle: "medium",
      timeStyle: "short",
    }).format(new Date(iso));
  }, [iso]);

  return <time dateTime={iso}>{text}</time>;
}
