import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import {
  CartContents,
  type CartContentsProps,
} from "@/components/shop/CartContents.tsx";

/** The cart, and the result of its last change. */
type State = Pick<CartContentsProps, "cart" | "problem">;

/**
 * The cart with JavaScript: changes are shown at once and sent one at a time,
 * in order. Totals and errors come from Wix, and are shown when it responds.
 */
export default function Cart(props: State) {
  const state = useSignal<State>(props);
  const waiting = useSignal(0);
  const queue = useRef<Promise<unknown>>(Promise.resolve());

  /** Shows the server's cart, unless more changes are pending. */
  const load = async (init?: RequestInit) => {
    try {
      const response = await fetch("/api/cart", init);
      if (!response.ok) throw new TypeError(`Cannot load: ${response.status}`);
      const loaded: State = await response.json();
      if (waiting.value <= 1) show(loaded);
    } catch {
      const text = "The cart could not be reached. Reload the page.";
      state.value = { ...state.value, problem: { text } };
    }
  };
  const show = (loaded: State) => {
    state.value = loaded;
    const count = document.querySelector<HTMLElement>(".cart-count");
    if (count === null) return;
    count.textContent = String(loaded.cart.count);
    count.hidden = loaded.cart.count === 0;
  };
  const enqueue = (init?: RequestInit) => {
    waiting.value++;
    queue.current = queue.current.then(() => load(init))
      .finally(() => waiting.value--);
  };

  useEffect(() => {
    // Another tab may have changed it, or an order was placed.
    const onShow = () => document.visibilityState === "visible" && enqueue();
    document.addEventListener("visibilitychange", onShow);
    const onReturn = ({ persisted }: PageTransitionEvent) =>
      persisted && enqueue();
    addEventListener("pageshow", onReturn);
    return () => {
      document.removeEventListener("visibilitychange", onShow);
      removeEventListener("pageshow", onReturn);
    };
  }, []);

  const send = (event: SubmitEvent) => {
    const { submitter, target: form } = event;
    if (!(form instanceof HTMLFormElement)) return;
    // Not `form.action`: the buttons have that name.
    if (form.getAttribute("action") !== "/cart") return;
    event.preventDefault();
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form, submitter)) {
      body.append(name, String(value));
    }
    state.value = { ...state.value, ...applied(state.value, body) };
    enqueue({ method: "POST", body });
  };

  return (
    <div onSubmit={send}>
      <CartContents {...state.value} isBusy={waiting.value > 0} />
    </div>
  );
}

/** Returns the cart as it will look after the change. */
function applied({ cart }: State, form: URLSearchParams): State {
  const lineId = form.get("lineId");
  const quantity = Number(form.get("quantity"));
  const isRemoved = form.get("action") === "remove" || quantity === 0;
  const lines = cart.lines.flatMap((line) => {
    if (line.id !== lineId) return [line];
    return isRemoved ? [] : [{ ...line, quantity, problem: undefined }];
  });
  return { cart: { ...cart, lines }, problem: undefined };
}
