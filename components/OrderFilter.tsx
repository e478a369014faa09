import { isFiltered, type OrderQuery } from "@/lib/orders/order_query.ts";
import { Field } from "./Field.tsx";
import {
  FULFILLMENT_STATUSES,
  PAYMENT_STATUSES,
  type StatusView,
} from "./order_status.ts";

/** A form that filters orders. The filters are stored in the URL. */
export function OrderFilter({ query }: { query: OrderQuery }) {
  return (
    <details class="filter" open={isFiltered(query)}>
      <summary>Filter</summary>
      <form action="/account/orders">
        <Field
          label="Order number"
          name="number"
          inputMode="numeric"
          maxLength={12}
          value={query.number}
        />
        <Choice
          label="Payment"
          name="payment"
          value={query.payment}
          of={PAYMENT_STATUSES}
        />
        <Choice
          label="Delivery"
          name="fulfillment"
          value={query.fulfillment}
          of={FULFILLMENT_STATUSES}
        />
        <Field label="From (UTC)" name="from" type="date" value={query.from} />
        <Field label="To (UTC)" name="to" type="date" value={query.to} />
        <div class="actions">
          <button type="submit">Apply</button>
          {isFiltered(query) && <a href="/account/orders">Clear</a>}
        </div>
      </form>
    </details>
  );
}

interface ChoiceProps {
  label: string;
  name: string;
  value: string | undefined;
  of: Readonly<Record<string, StatusView>>;
}

function Choice({ label, name, value, of }: ChoiceProps) {
  return (
    <Field label={label} name={name} value={value}>
      <option value="">Any</option>
      {Object.entries(of).map(([status, { text }]) => (
        <option key={status} value={status} selected={status === value}>
          {text}
        </option>
      ))}
    </Field>
  );
}
