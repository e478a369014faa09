/**
 * The session as islands see it: one state for all of them. On the server it
 * stays empty, as only effects write it.
 *
 * @module
 */
import { signal } from "@preact/signals";

/** What `/api/session` answers; times are ISO 8601, or `null` for none yet. */
export interface LiveSession {
  readonly kind: "visitor" | "member";
}

/** As last heard; `undefined` before the first answer. */
export const liveSession = signal<LiveSession | undefined>(undefined);

/** Milliseconds since 1970, every second while somebody watches. */
export const liveNow = signal(0);

let watchers = 0;
let stop = () => {};

/**
 * Keeps both up to date: asks when the first island begins to watch, and when
 * somebody comes back to the tab. Returns how to end that.
 */
export function watchSession(): () => void {
  if (watchers++ === 0) stop = start();
  return () => {
    if (--watchers === 0) stop();
  };
}

function start(): () => void {
  const leave = new AbortController();
  const { signal } = leave;
  const tick = () => liveNow.value = Date.now();
  const ask = () => {
    if (document.visibilityState === "hidden") return;
    fetch("/api/session", { signal })
      .then((answer) => answer.ok ? answer.json() : undefined)
      // Offline is no news: what was heard last still holds.
      .then((heard) => liveSession.value = heard ?? liveSession.value)
      .catch(() => {});
  };
  document.addEventListener("visibilitychange", ask, { signal });
  const timer = setInterval(tick, 1_000);
  tick();
  ask();
  return () => {
    clearInterval(timer);
    leave.abort();
  };
}
