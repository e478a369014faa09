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
} as const;

/** The `number`th id of a kind: the same on every machine and every start. */
export function guid(kind: keyof typeof PREFIXES, number: number): string {
  const tail = number.toString(16).padStart(12, "0");
  return `${PREFIXES[kind]}-0000-4000-8000-${tail}`;
}
