import { useEffect } from "preact/hooks";
import {
  liveNow,
  liveSession,
  watchSession,
} from "@/components/live_session.ts";
import LocalTime from "./LocalTime.tsx";

interface SessionClockProps {
  /** When the tokens are due for renewal; ISO 8601, UTC. */
  renewsAt: string;
}

/** When the session's tokens are renewed, counted down while one looks. */
export default function SessionClock({ renewsAt }: SessionClockProps) {
  useEffect(() => watchSession(), []);

  const { value: heard } = liveSession;
  if (heard?.kind === "visitor") return <>You have logged out.</>;
  const due = heard?.renewsAt ?? renewsAt;
  const seconds = Math.floor((Date.parse(due) - liveNow.value) / 1_000);
  return (
    <>
      <LocalTime iso={due} />
      <small class="clock" role="timer">
        {liveNow.value > 0 && inWords(seconds)}
      </small>
    </>
  );
}

function inWords(seconds: number): string {
  if (seconds <= 0) return "with the next call to Wix";
  const parts = [seconds / 3_600, seconds / 60 % 60, seconds % 60];
  const digits = parts.map((part) => String(Math.floor(part)).padStart(2, "0"));
  return `in ${digits.join(":")}`;
}
