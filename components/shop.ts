/** Name and tagline of the shop. Replace them with yours. */
export const SHOP = {
  name: "Juniper & Sons",
  line: "Goods for kitchen and table",
} as const;
