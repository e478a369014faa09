/** The shop's name and texts. Replace them with your own. */
export const SHOP = {
  name: "Juniper & Sons",
  line: "Goods for kitchen and table",
  description: "Enamel, oak, linen and iron: goods for kitchen and table, " +
    "made to be used every day.",
} as const;
