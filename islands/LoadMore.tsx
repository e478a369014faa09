import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { OrderList } from "@/components/OrderList.tsx";
import type { OrderPage } from "@/lib/orders/orders.ts";

interface LoadMoreProps {
  /** URL of the page with older orders. */
  href: string;
}

/**
 * A link to older orders that appends them to the list instead. It updates the
 * URL, so that a reload shows the orders loaded last.
 */
export default function LoadMore({ href }: LoadMoreProps) {
  const loaded = useSignal<OrderPage["orders"]>([]);
  const next = useSignal<string | undefined>(href);
  const state = useSignal<"ready" | "loading" | "failed">("ready");
  const list = useRef<HTMLDivElement>(null);
  const firstNew = useRef(0);

  const load = async (url: string) => {
    if (state.value === "loading") return;
    state.value = "loading";
    const { search } = new URL(url, location.href);
    try {
      const response = await fetch(`/api/orders${search}`);
      // The member has logged out: the page redirects to the login.
      if (response.status === 401) return location.assign(url);
      if (!response.ok) throw new TypeError(`Cannot load: ${response.status}`);
      const page: OrderPage = await response.json();
      firstNew.current = loaded.value.length;
      loaded.value = [...loaded.value, ...page.orders];
      next.value = page.next && withCursor(url, page.next);
      history.replaceState(null, "", url);
      state.value = "ready";
    } catch {
      state.value = "failed";
    }
  };

  // Moves the focus to the first new order, for keyboards and screen readers.
  useEffect(() => {
    const links = list.current?.querySelectorAll<HTMLElement>("h2 a");
    links?.[firstNew.current]?.focus({ preventScroll: true });
  }, [loaded.value]);

  return (
    <div ref={list} aria-busy={state.value === "loading" ? "true" : "false"}>
      {loaded.value.length > 0 && <OrderList orders={loaded.value} />}
      <p class="load-more">
        {next.value && (
          <a
            class="button"
            rel="next"
            href={next.value}
            onClick={(event) => {
              if (event.ctrlKey || event.metaKey || event.shiftKey) return;
              event.preventDefault();
              load(event.currentTarget.href);
            }}
          >
            {state.value === "loading" ? "Loading…" : "Older orders"}
          </a>
        )}{" "}
        <span role="status">
          {state.value === "failed" &&
            "Older orders could not be loaded. Try again."}
          {!next.value && "No more orders."}
        </span>
      </p>
    </div>
  );
}

function withCursor(page: string, cursor: string): string {
  const url = new URL(page);
  url.searchParams.set("cursor", cursor);
  return url.pathname + url.search;
}
