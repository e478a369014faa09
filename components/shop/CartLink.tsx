interface CartLinkProps {
  /** Number of pieces in the cart. */
  count: number;
  /** URL of the current page. */
  url: URL;
}

/** The link to the cart in the site's header. */
export function CartLink({ count, url }: CartLinkProps) {
  return (
    <a
      class="cart-link"
      href="/cart"
      aria-current={url.pathname === "/cart" ? "page" : undefined}
    >
      Cart
      <span class="cart-count" hidden={count === 0}>{count}</span>
    </a>
  );
}
