import type { Call } from "../call.ts";
import { requestLanguage } from "../http/request.ts";

/**
 * The language that a request names in `x-wix-linguist`.
 *
 * UNDOCUMENTED: a language that the site does not have. Here it counts as the
 * site's own.
 */
export function languageOf({ request, backend }: Call): string | undefined {
  const wanted = requestLanguage(request);
  return backend.store.languages
    .find(({ languageCode }) => languageCode === wanted)?.languageCode;
}
