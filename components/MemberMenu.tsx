import type { Ref } from "preact";
import { Avatar } from "./Avatar.tsx";

interface MemberMenuProps {
  name: string;
  menu?: Ref<HTMLDetailsElement>;
}

/** The member's name with a menu of account links. Works without JavaScript. */
export function MemberMenu({ name, menu }: MemberMenuProps) {
  return (
    <details class="menu" {...(menu && { ref: menu })}>
      <summary>
        <Avatar name={name} image={undefined} />
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
