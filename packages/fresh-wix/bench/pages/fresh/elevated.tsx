import { page, type PageProps } from "fresh";
import { readProperties } from "../data.ts";

export const handler = {
  GET: async () => page(await readProperties()),
};

type Properties = Awaited<ReturnType<typeof readProperties>>;

export default ({ data: { refused, rows } }: PageProps<Properties>) => (
  <>
    <h1>Elevation</h1>
    <p>As the visitor: {refused}. As the app:</p>
    <dl>
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  </>
);
