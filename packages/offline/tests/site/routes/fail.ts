/** Fails at the root. */
export function handler(): Response {
  throw new Error("a secret");
}
