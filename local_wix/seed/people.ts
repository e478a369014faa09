/** A person behind a demo account. */
export interface Person {
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly nickname: string;
  readonly slug: string;
  readonly note: string;
  readonly privacy: "PUBLIC" | "PRIVATE";
  /** Orders that a search without filter finds. */
  readonly orderCount: number;
}

/** The people of the demo site, in the order of the login page. */
export const PEOPLE: readonly Person[] = [
  person("Ann", "Archer", "PUBLIC", 47, "47 orders in every status"),
  person("Ben", "Brooks", "PUBLIC", 0, "no orders yet"),
  person("Chiara", "Conti", "PRIVATE", 3, "private profile, 3 orders"),
  person("Dmytro", "Danylenko", "PUBLIC", 5, "5 orders"),
  person("Élodie", "d’Aubigné", "PUBLIC", 2, "accents, 2 orders", "elodie"),
  person("Femi", "Fashola", "PRIVATE", 4, "private profile, 4 orders"),
  person("Grace", "O'Neill", "PUBLIC", 1, "an apostrophe, 1 order"),
  person("浩", "橋本", "PUBLIC", 6, "Japanese name, 6 orders", "hiroshi"),
  person("Ingrid", "Ibsen", "PUBLIC", 10, "10 orders, one full page"),
  person("נועה", "ישראלי", "PUBLIC", 3, "right-to-left name, 3 orders", "noa"),
  person(
    "Katharina-Sophie",
    "von Wolfenstein-Hohenlohe",
    "PUBLIC",
    2,
    "long name, 2 orders",
    "katharina",
  ),
  person(
    "Liam",
    "<b>Lynch</b> & Co",
    "PUBLIC",
    2,
    "markup in the name",
    "liam",
  ),
];

/** People 1 to `count`; those past the demo accounts are made up by number. */
export function peopleUpTo(count: number): readonly Person[] {
  return Array.from({ length: count }, (_, index) => {
    const number = index + 1;
    return PEOPLE[index] ?? person(
      "Member",
      `${number}`,
      number % 5 === 0 ? "PRIVATE" : "PUBLIC",
      number % 4,
      `member ${number} of a larger site`,
      `member${number}`,
      `Member ${number}`,
    );
  });
}

function person(
  firstName: string,
  lastName: string,
  privacy: "PUBLIC" | "PRIVATE",
  orderCount: number,
  note: string,
  slug = firstName.toLowerCase(),
  nickname = firstName,
): Person {
  const email = `${slug}@demo.example`;
  return {
    email,
    firstName,
    lastName,
    nickname,
    slug,
    note,
    privacy,
    orderCount,
  };
}
