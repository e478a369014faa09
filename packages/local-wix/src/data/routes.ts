import { allow, type Route } from "../call.ts";
import { EVERYONE } from "../identity/identity.ts";
import { countDataItems, getDataItem, queryDataItems } from "./read_items.ts";
import {
  bulkInsertDataItems,
  insertDataItem,
  removeDataItem,
  saveDataItem,
  updateDataItem,
} from "./write_items.ts";

/** Items of data collections. */
export const DATA_ROUTES: readonly Route[] = allow(EVERYONE, {
  "GET /wix-data/v2/items/query": queryDataItems,
  "POST /wix-data/v2/items/query": queryDataItems,
  "POST /wix-data/v2/items/count": countDataItems,
  "GET /wix-data/v2/items/{id}": getDataItem,
  "POST /wix-data/v2/items": insertDataItem,
  "POST /wix-data/v2/items/update": updateDataItem,
  "POST /wix-data/v2/items/save": saveDataItem,
  "POST /wix-data/v2/items/remove": removeDataItem,
  "POST /wix-data/v2/bulk/items/insert": bulkInsertDataItems,
});
