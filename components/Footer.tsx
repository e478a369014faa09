import { Logo } from "./Logo.tsx";
import { SHOP } from "./shop.ts";

/** The site's footer. */
export function Footer() {
  return (
    <footer class="site-footer">
      <div class="page">
        <Logo size={24} />
        <p>
          {SHOP.name}{" "}
          is a demo shop, built with fresh-wix: a Deno and Fresh starter with a
          Wix backend.
        </p>
      </div>
    </footer>
  );
}
