import { createHash } from "node:crypto";

/** Makes ids: GUIDs, as Wix has them. */
export type NewId = () => string;

/** Ids that nobody can foresee. */
export const randomId: NewId = () => crypto.randomUUID();

/** Ids that look random and are the same, in the same order, for one `seed`. */
export function seededIds(seed: string): NewId {
  let made = 0;
  return () => {
    const hex = createHash("sha256").update(`${seed}/${made++}`).digest("hex");
    const variant = "89ab"[parseInt(hex.charAt(16), 16) % 4];
    return [
      hex.slice(0, 8),
      hex.slice(8, 12),
      `4${hex.slice(13, 16)}`,
      variant + hex.slice(17, 20),
      hex.slice(20, 32),
    ].join("-");
  };
}
