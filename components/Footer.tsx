import { Logo } from "./Logo.tsx";
import { SHOP } from "./shop.ts";

/** What stands below every page. */
export function Footer() {
  return (
    <footer class="site-footer">
      <div class="page">
        <Logo size={24} />
        <p>
          {SHOP.name}{" "}
          is made up: it is the demonstration shop of fresh-wix, a Deno and
          Fresh starter with a Wix backend.
        </p>
      </div>
    </footer>
  );
}
