import type { Ref } from "preact";
import { Avatar } from "./Avatar.tsx";
import { MENU_LINKS } from "@/lib/site.ts";

/** Name and photo of a member. */
export interface MemberIdentity {
  name: string;
  /** URL of the photo. */
  photo: string | undefined;
}

interface MemberMenuProps extends MemberIdentity {
  menu?: Ref<HTMLDetailsElement>;
}

/** The member's photo and name with a menu of account links. Works without JavaScript. */
export function MemberMenu({ name, photo, menu }: MemberMenuProps) {
  return (
    <details class="menu" {...(menu && { ref: menu })}>
      <summary>
        <Avatar name={name} image={photo} />
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
