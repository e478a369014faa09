import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";

const UTC = new Intl.DateTimeFormat("en-US", {
  dateStyle: "medium",
  timeStyle: "short",
  timeZone: "UTC",
});

interface LocalTimeProps {
  /** ISO 8601, UTC. */
  iso: string;
}

/**
 * A date in the user's time zone and language, which only the browser knows. The
 * server, and browsers without JavaScript, show it in UTC.
 */
export default function LocalTime({ iso }: LocalTimeProps) {
  const text = useSignal(`${UTC.format(new Date(iso))} UTC`);

  useEffect(() => {
    text.value = new Intl.DateTimeFormat(undefined, {
      dateStyle: "medium",
      timeStyle: "short",
    }).format(new Date(iso));
  }, [iso]);

  return <time dateTime={iso}>{text}</time>;
}
