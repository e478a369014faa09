/** Fails while it is rendered. */
export default function Page() {
  throw new Error("a secret");
}
