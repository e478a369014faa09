import type { Ref } from "preact";
import { Portrait } from "./Portrait.tsx";

interface MemberMenuProps {
  name: string;
  menu?: Ref<HTMLDetailsElement>;
}

/** Who is logged in, and what is theirs. Needs no script. */
export function MemberMenu({ name, menu }: MemberMenuProps) {
  return (
    <details class="menu" {...(menu && { ref: menu })}>
      <summary>
        <Portrait name={name} image={undefined} />
        <span>{name}</span>
      </summary>
      <div class="menu-items">
        <a href="/account">Your account</a>
        <a href="/account/orders">Your orders</a>
        <form method="post" action="/api/auth/logout">
          <button type="submit">Log out</button>
        </form>
      </div>
    </details>
  );
}
