import { useEffect, useRef } from "preact/hooks";
import { liveSession, watchSession } from "@/components/live_session.ts";
import { MemberMenu } from "@/components/MemberMenu.tsx";

/**
 * The member menu where there are scripts: closes as menus do, and tells when
 * somebody has logged out in another tab.
 */
export default function LiveMemberMenu({ name }: { name: string }) {
  const menu = useRef<HTMLDetailsElement>(null);

  useEffect(() => watchSession(), []);

  useEffect(() => {
    const leave = new AbortController();
    const { signal } = leave;
    document.addEventListener("keydown", ({ key }) => {
      if (key !== "Escape" || !menu.current?.open) return;
      menu.current.open = false;
      menu.current.querySelector("summary")?.focus();
    }, { signal });
    document.addEventListener("click", ({ target }) => {
      const inside = target instanceof Node && menu.current?.contains(target);
      if (!inside && menu.current) menu.current.open = false;
    }, { signal });
    return () => leave.abort();
  }, []);

  return liveSession.value?.kind === "visitor"
    ? <a class="button" href="/account">Logged out: log in</a>
    : <MemberMenu name={name} menu={menu} />;
}
