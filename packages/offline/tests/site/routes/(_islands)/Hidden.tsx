import { useSignal } from "@preact/signals";

export default function Hidden() {
  const count = useSignal(0);
  return <button type="button" onClick={() => count.value++}>{count}</button>;
}
