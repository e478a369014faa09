import type { Badge, BadgeAssignment } from "../badges/badge.ts";
import {
  type DataCollection,
  type DataItem,
  WRITTEN_BY_OWNER,
} from "../data/item.ts";
import type { JsonObject } from "../http/json.ts";
import { guid } from "../ids.ts";
import { daysBefore, type Person } from "./people.ts";

/** The badges of the site, in the order in which they are shown. */
export const SEED_BADGES: readonly Badge[] = [
  badge(1, "VIP", "Buys a lot and gets early access", "#796EFF"),
  badge(2, "Wholesale", "Sees wholesale prices", "#116DFF"),
  badge(3, "Founding member", "Was here in the first year", "#B35900"),
];

function badge(
  number: number,
  title: string,
  description: string,
  backgroundColor: string,
): Badge {
  return {
    id: guid("badge", number),
    revision: "1",
    title,
    description,
    slug: title.toLowerCase().replace(" ", "-"),
    backgroundColor,
    textColor: "#FFFFFF",
    permissionsEnabled: number < 3,
    createdDate: daysBefore(301 - number),
    updatedDate: daysBefore(301 - number),
  };
}

/** The badges that `people` have. */
export function seedBadgeAssignments(
  people: readonly Person[],
): BadgeAssignment[] {
  return people.flatMap(({ badges = [] }, index) =>
    SEED_BADGES.filter(({ slug }) => badges.includes(slug))
      .map(({ id }) => ({ badgeId: id, memberId: guid("member", index + 1) }))
  ).map((pair, index) => ({
    id: guid("badgeAssignment", index + 1),
    ...pair,
    createdDate: daysBefore(200 - index),
    updatedDate: daysBefore(200 - index),
  }));
}

/** The data collections of the demo site. */
export const COLLECTIONS: readonly DataCollection[] = [
  {
    id: "Recipes",
    references: {
      baker: { collection: "Bakers", many: false },
      goesWith: { collection: "Recipes", many: true },
      notes: { collection: "Notes", many: true },
    },
    permissions: WRITTEN_BY_OWNER,
  },
  { id: "Bakers", permissions: WRITTEN_BY_OWNER },
  {
    id: "Notes",
    permissions: {
      read: "SITE_MEMBER_AUTHOR",
      insert: "SITE_MEMBER",
      update: "SITE_MEMBER_AUTHOR",
      remove: "SITE_MEMBER_AUTHOR",
    },
  },
];

const RECIPES: readonly [string, number, readonly string[]][] = [
  ["Rye bread", 240, ["bread", "slow"]],
  ["Flatbread", 25, ["bread", "quick"]],
  ["Plum cake", 70, ["cake"]],
  ["Oat biscuits", 30, ["biscuit", "quick"]],
  ["Potato soup", 45, ["soup"]],
  ["Beetroot soup", 60, ["soup", "slow"]],
];

const BAKERS = ["Ada Alder", "Bo Birch"];

/** The recipes that go with one: number by number of the recipe. */
const GOES_WITH: Readonly<Record<number, readonly number[]>> = {
  1: [5, 6],
  2: [5],
};

const NOTES: readonly [memberNumber: number, text: string][] = [
  [1, "Ask about the walnut board"],
  [1, "Birthday present for Ben: the pan"],
  [3, "Six jars for the plums"],
];

/** Items of the collections: the owner's recipes, members' notes. */
export function seedDataItems(ownerId: string): DataItem[] {
  return [
    ...RECIPES.map(([title, minutes, tags], index) => {
      const firstBaked = { $date: daysBefore(300 - index * 20) };
      const baker = guid("dataItem", 50 + index % 2);
      const fields = { title, minutes, tags, firstBaked, baker };
      const goesWith = (GOES_WITH[index + 1] ?? [])
        .map((number) => guid("dataItem", number));
      return {
        ...dataItem(index + 1, "Recipes", ownerId, fields),
        // A reader who is not the author of a note cannot see it.
        references: {
          goesWith,
          notes: index === 0 ? [guid("dataItem", 100)] : [],
        },
      };
    }),
    ...BAKERS.map((name, index) =>
      dataItem(50 + index, "Bakers", ownerId, { name })
    ),
    ...NOTES.map(([memberNumber, text], index) => {
      const author = guid("member", memberNumber);
      return dataItem(100 + index, "Notes", author, { text });
    }),
  ];
}

function dataItem(
  number: number,
  dataCollectionId: string,
  owner: string,
  fields: JsonObject,
): DataItem {
  const id = guid("dataItem", number);
  const date = { $date: daysBefore(200 - number % 100) };
  const own = {
    _id: id,
    _owner: owner,
    _createdDate: date,
    _updatedDate: date,
  };
  return { id, dataCollectionId, owner, data: { ...own, ...fields } };
}
