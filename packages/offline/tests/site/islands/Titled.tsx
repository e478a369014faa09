import { useSignal } from "@preact/signals";
import { Head } from "fresh/runtime";

/** Counts in the document's title. */
export default function Titled() {
  const count = useSignal(0);
  return (
    <>
      <Head>
        <title>{`count ${count.value}`}</title>
      </Head>
      <button type="button" onClick={() => count.value++}>{count}</button>
    </>
  );
}
