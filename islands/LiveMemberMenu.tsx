import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { type MemberIdentity, MemberMenu } from "@/components/MemberMenu.tsx";

/**
 * The member menu with JavaScript: closes on Escape or a click outside, and shows
 * when the member has logged out in another tab.
 */
export default function LiveMemberMenu(member: MemberIdentity) {
  const menu = useRef<HTMLDetailsElement>(null);
  const isLoggedOut = useSignal(false);

  useEffect(() => {
    const listeners = new AbortController();
    const { signal } = listeners;
    document.addEventListener("visibilitychange", async () => {
      if (document.visibilityState === "hidden") return;
      isLoggedOut.value = await loadKind(signal) === "visitor";
    }, { signal });
    document.addEventListener("keydown", ({ key }) => {
      if (key !== "Escape" || !menu.current?.open) return;
      menu.current.open = false;
      menu.current.querySelector("summary")?.focus();
    }, { signal });
    document.addEventListener("click", ({ target }) => {
      const inside = target instanceof Node && menu.current?.contains(target);
      if (!inside && menu.current) menu.current.open = false;
    }, { signal });
    return () => listeners.abort();
  }, []);

  return isLoggedOut.value
    ? <a class="button" href="/account">Logged out. Log in</a>
    : <MemberMenu {...member} menu={menu} />;
}

/** Returns the kind of the current session; `undefined` while offline. */
async function loadKind(signal: AbortSignal): Promise<string | undefined> {
  try {
    const response = await fetch("/api/session", { signal });
    return (await response.json()).kind;
  } catch {
    return undefined;
  }
}
