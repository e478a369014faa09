// URLs of images at Wix: products, profile photos.

import { getScaledToFillImageUrl } from "@wix/sdk/media";

const WIX_MEDIA_ORIGIN = "https://static.wixstatic.com";
const IMAGE_PATH = /^\/media\/[^/]+\//;

/**
 * Returns the URL of a square version of an image.
 * @param image As SDK objects hold it: `wix:image://v1/<id>/<name>#…`, or the
 * image's URL.
 * @param size Width and height in pixels; use twice what the page shows.
 */
export type ImageUrl = (
  image: string | null | undefined,
  size: number,
) => string | undefined;

/**
 * `undefined` for other images: orders contain external text, and pages load
 * images from one host only.
 */
export function createImageUrl(mediaOrigin = WIX_MEDIA_ORIGIN): ImageUrl {
  return (image, size) => {
    try {
      const url = new URL(getScaledToFillImageUrl(image ?? "", size, size, {}));
      return url.origin === WIX_MEDIA_ORIGIN && IMAGE_PATH.test(url.pathname)
        ? new URL(url.pathname, mediaOrigin).href
        : undefined;
    } catch {
      return undefined;
    }
  };
}
