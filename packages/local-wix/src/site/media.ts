import { Buffer } from "node:buffer";
import { deflateSync } from "node:zlib";
import type { Call } from "../call.ts";

/**
 * Drawings of the demo shop's goods, on a grid of 24 by 24, by the middle part
 * of an image's id: `mug` of `juniper_mug~mv2.jpg`.
 */
export const PICTOGRAMS: Readonly<Record<string, string>> = {
  mug:
    "M5 8h11v8a3 3 0 0 1-3 3H8a3 3 0 0 1-3-3zM16 10h1.5a2.5 2.5 0 0 1 0 5H16",
  apr: "M9 4v4l-4 3v9h14v-9l-4-3V4M9 4c0 4 6 4 6 0M9 14h6v3H9z",
  brd:
    "M8 8h8a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1H8a1 1 0 0 1-1-1V9a1 1 0 0 1 1-1zM11 8V5a1 1 0 0 1 2 0v3",
  can: "M8 11h8v9H8zM12 11V9M12 3c2 2.4 2 5 0 5s-2-2.6 0-5z",
  knf: "M4 20l6-6M9 13l9-9c2 3 0 8-6 12z",
  twl: "M6 5h12v14H6zM6 9h12M6 15h12",
  pan: "M4 12a6 6 0 1 0 12 0a6 6 0 1 0-12 0M15.5 10L21 7",
  jar:
    "M8 4h8v3H8zM7 10a3 3 0 0 1 2-3h6a3 3 0 0 1 2 3v8a2 2 0 0 1-2 2H9a2 2 0 0 1-2-2zM7 13h10",
  gft:
    "M4 9h16v4H4zM6 13v7h12v-7M12 9v11M12 9C8 9 8 4 10.5 5S12 9 12 9s-1-3 1.5-4S16 9 12 9z",
  pdf: "M6 4h12v13H8a2 2 0 0 0 0 4h10v-4M6 4v15M10 8h4M10 11h4",
  bsk: "M5 11h14l-2 9H7zM8 11c0-9 8-9 8 0M9 14v3M12 14v3M15 14v3",
};

/** Head and shoulders, for the photos of members. */
const PORTRAIT =
  "M12 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM5 20c0-8 14-8 14 0";

/**
 * `GET /media/{id}` and its resized forms: Wix's media host, which is
 * `static.wixstatic.com`. Every id returns an image, drawn here; Wix's own
 * would be a photo in the size that the address names. Browsers get a drawing;
 * programs that make images smaller, such as Next's, refuse those, and get its
 * background.
 */
export function getImage({ request, params: { id = "" } }: Call): Response {
  const hue =
    [...id].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 0) % 360;
  const isDrawn = request.headers.get("accept")?.includes("image/svg+xml");
  return new Response(isDrawn ? drawing(id, hue) : square(hue), {
    headers: {
      "content-type": isDrawn ? "image/svg+xml" : "image/png",
      vary: "accept",
      "cache-control": "public, max-age=3600",
      "content-security-policy": "default-src 'none'",
      "x-content-type-options": "nosniff",
    },
  });
}

function drawing(id: string, hue: number): string {
  const name = /^juniper_([a-z]+)(?:-\d+)?~/.exec(id)?.[1] ?? "";
  const path = Object.hasOwn(PICTOGRAMS, name) ? PICTOGRAMS[name] : PORTRAIT;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">` +
    `<rect width="24" height="24" fill="hsl(${hue} 38% 88%)"/>` +
    `<path d="${path}" fill="none" transform="translate(3 3) scale(.75)" ` +
    `stroke="hsl(${hue} 45% 28%)" stroke-width="1.5" ` +
    `stroke-linecap="round" stroke-linejoin="round"/></svg>`;
}

const SIDE = 64;

/** A PNG of one color. */
function square(hue: number): Uint8Array<ArrayBuffer> {
  const size = Buffer.alloc(8);
  size.writeUInt32BE(SIDE, 0);
  size.writeUInt32BE(SIDE, 4);
  // One bit a pixel, all zero: the first color of the palette.
  const rows = Buffer.alloc(SIDE * (1 + SIDE / 8));
  return Uint8Array.from(Buffer.concat([
    Buffer.from("89504e470d0a1a0a", "hex"),
    chunk("IHDR", Buffer.concat([size, Uint8Array.of(1, 3, 0, 0, 0)])),
    chunk("PLTE", Uint8Array.from([0, 8, 4], (n) => channel(hue, n))),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", Buffer.alloc(0)),
  ]));
}

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(data.length, 0);
  ends.writeUInt32BE(checksum(body), 4);
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
}

/** CRC-32 (PNG, annex D). */
function checksum(bytes: Uint8Array): number {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc >>> 1 ^ -(crc & 1) & 0xedb88320;
  }
  return ~crc >>> 0;
}

/** Red (0), green (8) or blue (4) of the background (CSS Color 4, hsl). */
function channel(hue: number, n: number): number {
  const k = (n + hue / 30) % 12;
  const amount = 0.38 * 0.12 * Math.max(-1, Math.min(k - 3, 9 - k, 1));
  return Math.round(255 * (0.88 - amount));
}
