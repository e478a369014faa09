import { guid } from "../ids.ts";
import type { Member } from "../members/member.ts";
import { daysBefore, type Person } from "./people.ts";

const TITLES = ["Home cook", "Collector", "", "Gardener", "Woodworker"];

/** The members that `people` are. */
export function seedMembers(people: readonly Person[]): Member[] {
  return people.map((person, index) => {
    const number = index + 1;
    return {
      id: guid("member", number),
      loginEmail: person.email,
      loginEmailVerified: true,
      status: "APPROVED",
      contactId: guid("contact", number),
      privacyStatus: person.privacy,
      activityStatus: "ACTIVE",
      profile: {
        nickname: person.nickname,
        slug: person.slug,
        photo: photo(number),
        cover: null,
        title: TITLES[number % TITLES.length] ?? "",
      },
      contact: {
        firstName: person.firstName,
        lastName: person.lastName,
        phones: [phoneNumber(number)],
        emails: [person.email],
        addresses: [{
          id: guid("address", number),
          addressLine: `${number} Juniper Lane`,
          city: "Portland",
          subdivision: "US-OR",
          country: "US",
          postalCode: String(97200 + number),
        }],
        customFields: number % 3 === 1
          ? { "custom.club": { name: "Club", value: "Evergreen" } }
          : {},
      },
      createdDate: daysBefore(400 - number * 5),
      updatedDate: daysBefore(60 - number % 40),
      lastLoginDate: daysBefore(number % 30),
    };
  });
}

/** The phone number of a member, from the range kept for fiction. */
export function phoneNumber(memberNumber: number): string {
  return `+1 555 01${String(memberNumber).padStart(2, "0")}`;
}

function photo(number: number): Member["profile"]["photo"] {
  if (number % 2 === 0) return null;
  const id = `juniper_${String(number).padStart(4, "0")}~mv2.jpg`;
  const url = `https://static.wixstatic.com/media/${id}`;
  return { id, url, height: 400, width: 400 };
}
