import type { DataItem } from "../data/item.ts";
import type { JsonObject } from "../http/json.ts";
import { daysBefore } from "./dates.ts";
import { guid } from "./guid.ts";
import { SITE } from "./site.ts";

/** Items of the demo site's collections: public recipes, members' notes. */
export function seedDataItems(): DataItem[] {
  return [
    ...RECIPES.map(([title, minutes, tags], index) =>
      dataItem(index + 1, "Recipes", SITE.ownerId, {
        title,
        minutes,
        tags,
        firstBaked: { $date: daysBefore(300 - index * 20) },
      })
    ),
    ...NOTES.map(([memberNumber, text], index) =>
      dataItem(100 + index, "Notes", guid("member", memberNumber), { text })
    ),
  ];
}

const RECIPES: readonly [string, number, readonly string[]][] = [
  ["Rye bread", 240, ["bread", "slow"]],
  ["Flatbread", 25, ["bread", "quick"]],
  ["Plum cake", 70, ["cake"]],
  ["Oat biscuits", 30, ["biscuit", "quick"]],
  ["Potato soup", 45, ["soup"]],
  ["Beetroot soup", 60, ["soup", "slow"]],
];

const NOTES: readonly [memberNumber: number, text: string][] = [
  [1, "Ask about the walnut board"],
  [1, "Birthday present for Ben: the pan"],
  [3, "Six jars for the plums"],
];

function dataItem(
  number: number,
  dataCollectionId: string,
  owner: string,
  fields: JsonObject,
): DataItem {
  const id = guid("dataItem", number);
  const date = { $date: daysBefore(200 - number % 100) };
  return {
    id,
    dataCollectionId,
    owner,
    data: {
      _id: id,
      _owner: owner,
      _createdDate: date,
      _updatedDate: date,
      ...fields,
    },
  };
}
