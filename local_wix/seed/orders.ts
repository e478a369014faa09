import type { Order } from "../ecom/order.ts";
import { HIDDEN_STATES, orderState } from "./order_states.ts";
import type { Person } from "./people.ts";
import { seedOrder } from "./seed_order.ts";

/** All orders of `people`; the first one also has some that searches hide. */
export function seedOrders(people: readonly Person[]): Order[] {
  return people.flatMap((owner, memberIndex) => {
    const memberNumber = memberIndex + 1;
    const shown = Array.from(
      { length: owner.orderCount },
      (_, age) =>
        seedOrder({
          owner,
          memberNumber,
          number: memberNumber * 1000 + owner.orderCount - age,
          age,
          state: orderState(age),
        }),
    );
    if (memberIndex > 0 || owner.orderCount === 0) return shown;
    const hidden = HIDDEN_STATES.map((state, index) =>
      seedOrder({
        owner,
        memberNumber,
        number: memberNumber * 1000 + 900 + index,
        age: index,
        state,
      })
    );
    return [...shown, ...hidden];
  });
}
