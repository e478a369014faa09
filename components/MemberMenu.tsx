import type { Ref } from "preact";
import { Avatar } from "./Avatar.tsx";
import { MENU_LINKS } from "@/lib/site.ts";

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
        {MENU_LINKS.map(({ href, text }) => <a key={href} href={href}>{text}
        </a>)}
        <form method="post" action="/api/auth/logout">
          <button type="submit">Log out</button>
        </form>
      </div>
    </details>
  );
}
