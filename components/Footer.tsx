import { Logo } from "./Logo.tsx";
import { SITE } from "@/lib/site.ts";

/** The site's footer. */
export function Footer() {
  return (
    <footer class="site-footer">
      <div class="page">
        <Logo size={24} />
        <p>{SITE.name}. {SITE.footer}</p>
      </div>
    </footer>
  );
}
