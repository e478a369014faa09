/** The shop that the pages belong to. Put yours here. */
export const SHOP = {
  name: "Juniper & Sons",
  line: "Goods for kitchen and table",
} as const;
