import type { DescriptionLine } from "../ecom/order.ts";

/** Something the demo shop sells. */
export interface Product {
  readonly code: string;
  readonly name: string;
  readonly usCents: number;
  readonly kind: "PHYSICAL" | "DIGITAL" | "GIFT_CARD";
  readonly weight: number;
  readonly options: readonly DescriptionLine[];
  readonly hasImage: boolean;
}

/** The goods of the demo shop. */
export const PRODUCTS: readonly Product[] = [
  physical("MUG", "Enamel mug", 1450, 0.3, [color("Moss", "rgb(94,112,78)")]),
  physical("APR", "Linen apron", 3900, 0.4, [
    text("Size", "M"),
    color("Oat", "rgb(222,208,182)"),
  ]),
  physical("BRD", "Oak bread board", 5200, 1.2, [text("Wood", "Oak")]),
  physical("CAN", "Juniper candle", 1900, 0.35, []),
  physical("KNF", "Paring knife", 2750, 0.15, [
    text("Engraving", "Initials, 12 mm"),
  ]),
  physical("TWL", "Tea towels, set of 3", 2400, 0.25, [
    color("Indigo", "rgb(48,62,112)"),
  ]),
  physical("PAN", "Cast-iron pan", 8900, 2.4, [text("Diameter", "26 cm")]),
  physical("SPN", "Olive wood spoon", 990, 0.1, [], false),
  physical("JAR", "Preserving jar", 725, 0.6, [text("Volume", "1 l")]),
  { ...other("GFT", "Gift card", 5000, "GIFT_CARD"), hasImage: true },
  other("PDF", "Bread book (PDF)", 1200, "DIGITAL"),
  physical("BSK", "Willow basket", 4400, 0.9, [text("Handle", "Leather")]),
];

function physical(
  code: string,
  name: string,
  usCents: number,
  weight: number,
  options: readonly DescriptionLine[],
  hasImage = true,
): Product {
  return { code, name, usCents, kind: "PHYSICAL", weight, options, hasImage };
}

function other(
  code: string,
  name: string,
  usCents: number,
  kind: "DIGITAL" | "GIFT_CARD",
): Product {
  return { code, name, usCents, kind, weight: 0, options: [], hasImage: false };
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
