import { CartContents } from "@/components/shop/CartContents.tsx";
import { Notice } from "@/components/Notice.tsx";
import type { CartContentsProps } from "@/components/shop/CartContents.tsx";

export default function Cart({ cart, problem }: CartContentsProps) {
  return cart.lines.length === 0
    ? (
      <Notice kind="empty" title="Your cart is empty">
        <p>
          <a class="button" href="/shop">Go to the shop</a>
        </p>
      </Notice>
    )
    : <CartContents cart={cart} problem={problem} />;
}
