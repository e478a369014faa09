/** The phone number of a member, from the range kept for fiction. */
export function phoneNumber(memberNumber: number): string {
  return `+1 555 01${String(memberNumber).padStart(2, "0")}`;
}
