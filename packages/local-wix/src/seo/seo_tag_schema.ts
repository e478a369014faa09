import * as v from "valibot";
import type { SeoTag } from "./seo.ts";

/** A tag as it is sent or stands in a seed file. */
export type SentSeoTag = Pick<SeoTag, "type"> & Partial<SeoTag>;

/** Fills in what a tag leaves out. */
export const SEO_TAG: v.GenericSchema<SentSeoTag, SeoTag> = v.object({
  type: v.picklist(["title", "meta", "link", "script"]),
  props: v.exactOptional(v.record(v.string(), v.unknown()), {}),
  meta: v.exactOptional(v.record(v.string(), v.unknown()), {}),
  children: v.exactOptional(v.string(), ""),
  custom: v.exactOptional(v.boolean(), false),
  disabled: v.exactOptional(v.boolean(), false),
});
