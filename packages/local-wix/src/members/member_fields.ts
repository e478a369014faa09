import type { FilterFields } from "../query/filter.ts";

const EQUALITY = ["$eq", "$ne", "$in", "$nin", "$exists"];

/** What members can be filtered by. */
export const FILTER_FIELDS: FilterFields = {
  id: "*",
  loginEmail: "*",
  status: EQUALITY,
  contactId: "*",
  "contact.firstName": "*",
  "contact.lastName": "*",
  "profile.nickname": "*",
  "profile.slug": "*",
  privacyStatus: EQUALITY,
  createdDate: "*",
  updatedDate: "*",
  lastLoginDate: "*",
};

/** What members can be sorted by. */
export const SORT_RULES = {
  max: 4,
  fields: [
    "profile.nickname",
    "contact.firstName",
    "contact.lastName",
    "loginEmail",
    "createdDate",
    "updatedDate",
    "lastLoginDate",
  ],
};

/** What a plain text search can look at. */
export const SEARCH_FIELDS = [
  "loginEmail",
  "contact.firstName",
  "contact.lastName",
  "profile.title",
  "profile.nickname",
  "profile.slug",
];
