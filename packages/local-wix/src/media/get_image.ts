import type { Call } from "../call.ts";
import { PICTOGRAMS, PORTRAIT } from "./pictograms.ts";

/**
 * `GET /media/{id}` and its resized forms: the media host of Wix, which is
 * `static.wixstatic.com`. Whatever the id, an image comes back, drawn here;
 * Wix's own would be a photo in the size that the address asks for.
 */
export function getImage({ params: { id = "" } }: Call): Response {
  const name = /^juniper_(\w+)~/.exec(id)?.[1] ?? "";
  const drawing = Object.hasOwn(PICTOGRAMS, name) ? PICTOGRAMS[name] : PORTRAIT;
  const hue =
    [...id].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 0) % 360;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">` +
    `<rect width="24" height="24" fill="hsl(${hue} 38% 88%)"/>` +
    `<path d="${drawing}" fill="none" ` +
    `transform="translate(3 3) scale(.75)" ` +
    `stroke="hsl(${hue} 45% 28%)" stroke-width="1.5" ` +
    `stroke-linecap="round" stroke-linejoin="round"/></svg>`;
  return new Response(svg, {
    headers: {
      "content-type": "image/svg+xml",
      "cache-control": "public, max-age=3600",
      "content-security-policy": "default-src 'none'",
      "x-content-type-options": "nosniff",
    },
  });
}
