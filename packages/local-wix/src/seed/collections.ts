import type { DataCollection } from "../data/collection.ts";

/** The data collections of the demo site. */
export const COLLECTIONS: readonly DataCollection[] = [
  {
    id: "Recipes",
    permissions: {
      read: "ANYONE",
      insert: "ADMIN",
      update: "ADMIN",
      remove: "ADMIN",
    },
  },
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
