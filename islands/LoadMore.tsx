import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { OrderList } from "@/components/OrderList.tsx";
import type { OrderPage } from "@/lib/orders/orders.ts";

interface LoadMoreProps {
  /** Address of the page with older orders. */
  href: string;
}

/**
 * A link to older orders that puts them below the others instead. The address
 * follows, so that a reload goes on with what was read last.
 */
export default function LoadMore({ href }: LoadMoreProps) {
  const loaded = useSignal<OrderPage["orders"]>([]);
  const next = useSignal<string | undefined>(href);
  const state = useSignal<"ready" | "loading" | "failed">("ready");
  const list = useRef<HTMLDivElement>(null);
  const firstNew = useRef(0);

  const load = async (address: string) => {
    if (state.value === "loading") return;
    state.value = "loading";
    const { search } = new URL(address, location.href);
    try {
      const answer = await fetch(`/api/orders${search}`);
      // Logged out meanwhile: the page itself leads to the login.
      if (answer.status === 401) return location.assign(address);
      if (!answer.ok) throw new TypeError(`Cannot load: ${answer.status}`);
      const page: OrderPage = await answer.json();
      firstNew.current = loaded.value.length;
      loaded.value = [...loaded.value, ...page.orders];
      next.value = page.next && withCursor(address, page.next);
      history.replaceState(null, "", address);
      state.value = "ready";
    } catch {
      state.value = "failed";
    }
  };

  // On with reading, also for those who don't see what has been added.
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
            "The older orders did not come. Please try again."}
          {!next.value && "These are all of them."}
        </span>
      </p>
    </div>
  );
}

function withCursor(address: string, cursor: string): string {
  const url = new URL(address);
  url.searchParams.set("cursor", cursor);
  return url.pathname + url.search;
}
