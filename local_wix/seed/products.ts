import type { DescriptionLine } from "../ecom/order.ts";

/** Something the demo shop sells. */
export interface Product {
  readonly code: string;
  readonly name: string;
  readonly usCents: number;
  readonly kind: "PHYSICAL" | "DIGITAL" | "GIFT_CARD";
  /** Kilograms; 0 for what is not shipped. */
  readonly weight: number;
  readonly options: readonly DescriptionLine[];
  readonly hasImage: boolean;
}

/** The goods of the demo shop. */
export const PRODUCTS: readonly Product[] = [
  product("MUG", "Enamel mug", 1450, {
    weight: 0.3,
    options: [color("Moss", "rgb(94,112,78)")],
  }),
  product("APR", "Linen apron", 3900, {
    weight: 0.4,
    options: [text("Size", "M"), color("Oat", "rgb(222,208,182)")],
  }),
  product("BRD", "Oak bread board", 5200, {
    weight: 1.2,
    options: [text("Wood", "Oak")],
  }),
  product("CAN", "Juniper candle", 1900, { weight: 0.35 }),
  product("KNF", "Paring knife", 2750, {
    weight: 0.15,
    options: [text("Engraving", "Initials, 12 mm")],
  }),
  product("TWL", "Tea towels, set of 3", 2400, {
    weight: 0.25,
    options: [color("Indigo", "rgb(48,62,112)")],
  }),
  product("PAN", "Cast-iron pan", 8900, {
    weight: 2.4,
    options: [text("Diameter", "26 cm")],
  }),
  product("SPN", "Olive wood spoon", 990, { weight: 0.1, hasImage: false }),
  product("JAR", "Preserving jar", 725, {
    weight: 0.6,
    options: [text("Volume", "1 l")],
  }),
  product("GFT", "Gift card", 5000, { kind: "GIFT_CARD" }),
  product("PDF", "Bread book (PDF)", 1200, {
    kind: "DIGITAL",
    hasImage: false,
  }),
  product("BSK", "Willow basket", 4400, {
    weight: 0.9,
    options: [text("Handle", "Leather")],
  }),
];

function product(
  code: string,
  name: string,
  usCents: number,
  traits: Partial<Product>,
): Product {
  return {
    code,
    name,
    usCents,
    kind: "PHYSICAL",
    weight: 0,
    options: [],
    hasImage: true,
    ...traits,
  };
}

function text(name: string, value: string): DescriptionLine {
  return {
    name: { original: name },
    plainText: { original: value },
    lineType: "PLAIN_TEXT",
  };
}

function color(name: string, code: string): DescriptionLine {
  return {
    name: { original: "Color" },
    colorInfo: { original: name, code },
    lineType: "COLOR",
  };
}
