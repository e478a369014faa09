import { allow, type Route } from "../call.ts";
import { EVERYONE } from "../identity/identity.ts";
import {
  bulkInsertDataItems,
  bulkPatchDataItems,
  bulkRemoveDataItems,
  bulkSaveDataItems,
  bulkUpdateDataItems,
} from "./bulk_write_items.ts";
import { patchDataItem } from "./patch_items.ts";
import {
  countDataItems,
  getDataItem,
  queryDataItems,
  searchDataItems,
} from "./read_items.ts";
import {
  insertReferences,
  isReferencedItem,
  queryReferencedItems,
  removeReferences,
  replaceReferences,
} from "./references.ts";
import { aggregateDataItems, queryDistinctValues } from "./summarize_items.ts";
import {
  insertDataItem,
  removeDataItem,
  saveDataItem,
  truncateCollection,
  updateDataItem,
} from "./write_items.ts";

const ITEMS = "/wix-data/v2/items";
const BULK = "/wix-data/v2/bulk/items";

/** Items of data collections. */
export const DATA_ROUTES: readonly Route[] = allow(EVERYONE, {
  [`GET ${ITEMS}/query`]: queryDataItems,
  [`POST ${ITEMS}/query`]: queryDataItems,
  [`POST ${ITEMS}/search`]: searchDataItems,
  [`POST ${ITEMS}/count`]: countDataItems,
  [`POST ${ITEMS}/query-distinct-values`]: queryDistinctValues,
  [`POST ${ITEMS}/aggregate`]: aggregateDataItems,
  [`GET ${ITEMS}/{id}`]: getDataItem,
  [`POST ${ITEMS}`]: insertDataItem,
  [`POST ${ITEMS}/update`]: updateDataItem,
  [`POST ${ITEMS}/save`]: saveDataItem,
  [`POST ${ITEMS}/patch`]: patchDataItem,
  [`POST ${ITEMS}/remove`]: removeDataItem,
  [`POST ${ITEMS}/truncate`]: truncateCollection,
  [`POST ${BULK}/insert`]: bulkInsertDataItems,
  [`POST ${BULK}/update`]: bulkUpdateDataItems,
  [`POST ${BULK}/save`]: bulkSaveDataItems,
  [`POST ${BULK}/patch`]: bulkPatchDataItems,
  [`POST ${BULK}/remove`]: bulkRemoveDataItems,
  [`POST ${ITEMS}/query-referenced`]: queryReferencedItems,
  [`POST ${ITEMS}/is-referenced`]: isReferencedItem,
  [`POST ${BULK}/insert-references`]: insertReferences,
  [`POST ${BULK}/remove-references`]: removeReferences,
  [`POST ${ITEMS}/replace-references`]: replaceReferences,
});
