/** The link to the cart in the site's header, with the number of items in it. */
export function CartLink({ count, url }: { count: number; url: URL }) {
  return (
    <a
      href="/cart"
      aria-current={url.pathname === "/cart" ? "page" : undefined}
    >
      Cart
      <span class="cart-count" hidden={count === 0}>{count}</span>
    </a>
  );
}
