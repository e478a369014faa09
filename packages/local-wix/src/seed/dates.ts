const BASE = Date.parse("2026-11-20T09:30:00.000Z");
const DAY = 24 * 60 * 60 * 1000;

/** ISO date `days` (and `minutes`) before the fixed day of the seed. */
export function daysBefore(days: number, minutes = 0): string {
  return new Date(BASE - days * DAY - minutes * 60_000).toISOString();
}
