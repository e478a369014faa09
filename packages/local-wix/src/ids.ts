import { createHash } from "node:crypto";

/** Makes ids: GUIDs, as Wix has them. */
export type NewId = () => string;

/** Unpredictable ids. */
export const randomId: NewId = () => crypto.randomUUID();

/** Ids that look random, but are the same sequence for the same `seed`. */
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

const PREFIXES = {
  member: "00000001",
  contact: "00000002",
  order: "00000003",
  lineItem: "00000004",
  product: "00000005",
  variant: "00000006",
  checkout: "00000007",
  address: "00000008",
  discount: "00000009",
  activity: "0000000a",
  dataItem: "0000000b",
  fulfillment: "0000000c",
  payment: "0000000d",
  refund: "0000000e",
  badge: "0000000f",
  badgeAssignment: "00000010",
  option: "00000011",
  choice: "00000012",
  modifier: "00000013",
  category: "00000014",
  inventoryItem: "00000015",
  infoSection: "00000016",
  location: "00000017",
  brand: "00000018",
  ribbon: "00000019",
  language: "0000001a",
  giftCard: "0000001f",
} as const;

/** Kinds of entities with ids derived from a number. */
export type GuidKind = keyof typeof PREFIXES;

/** The `number`th id of a kind: the same on every machine and every start. */
export function guid(kind: GuidKind, number: number): string {
  const tail = number.toString(16).padStart(12, "0");
  return `${PREFIXES[kind]}-0000-4000-8000-${tail}`;
}
