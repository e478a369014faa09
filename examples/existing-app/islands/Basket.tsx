import { useSignal } from "@preact/signals";

export default function Basket() {
  const loaves = useSignal(0);
  return (
    <button type="button" onClick={() => loaves.value++}>
      {loaves} in the basket
    </button>
  );
}
