import type { Order } from "../ecom/order.ts";
import { HIDDEN_STATES, orderState } from "./order_states.ts";
import type { Person } from "./people.ts";
import { seedOrder } from "./seed_order.ts";

/** Numbers come in blocks of this size, at least one for each member. */
const BLOCK = 1000;
/** Where in a member's last block the orders that searches hide have numbers. */
const HIDDEN_FROM_END = 100;

/** All orders of `people`; the first one also has some that searches hide. */
export function seedOrders(people: readonly Person[]): Order[] {
  let end = BLOCK;
  return people.flatMap((owner, memberIndex) => {
    const memberNumber = memberIndex + 1;
    const { orderCount } = owner;
    const start = end;
    end += BLOCK * Math.ceil((orderCount + HIDDEN_FROM_END) / BLOCK);
    const shown = Array.from(
      { length: orderCount },
      (_, age) =>
        seedOrder({
          owner,
          memberNumber,
          number: start + orderCount - age,
          age,
          state: orderState(age),
        }),
    );
    if (memberIndex > 0 || orderCount === 0) return shown;
    const hidden = HIDDEN_STATES.map((state, index) =>
      seedOrder({
        owner,
        memberNumber,
        number: end - HIDDEN_FROM_END + index,
        age: index,
        state,
      })
    );
    return [...shown, ...hidden];
  });
}
