/**
 * Addresses of images that Wix keeps: products, profile photos.
 *
 * @module
 */
import { getScaledToFillImageUrl } from "@wix/sdk/media";
import { config } from "../config/config.ts";

const WIX_MEDIA_ORIGIN = "https://static.wixstatic.com";

const IMAGE_PATH = /^\/media\/[^/]+\//;

/** Where images come from: Wix's media host, or the local Wix. */
export const MEDIA_ORIGIN = config.wixApiOrigin ?? WIX_MEDIA_ORIGIN;

/**
 * Returns the address of a square of an image, `undefined` for what is no image
 * of Wix's: texts in orders come from outside, and only one host may be asked.
 *
 * @param image As SDK objects hold it: `wix:image://v1/<id>/<name>#…`, or the
 * image's address.
 * @param size Width and height in pixels; ask for twice what the page shows.
 */
export function squareImageUrl(
  image: string | null | undefined,
  size: number,
): string | undefined {
  if (!image) return undefined;
  try {
    const url = new URL(getScaledToFillImageUrl(image, size, size, {}));
    return url.origin === WIX_MEDIA_ORIGIN && IMAGE_PATH.test(url.pathname)
      ? new URL(url.pathname, MEDIA_ORIGIN).href
      : undefined;
  } catch {
    return undefined;
  }
}
