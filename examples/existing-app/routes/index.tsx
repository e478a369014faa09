import { define } from "../utils.ts";
import Basket from "../islands/Basket.tsx";

export default define.page(({ state }) => (
  <main>
    <h1>{state.shop}</h1>
    <p>Fresh bread, every morning.</p>
    <Basket />
    <p>
      <a href="/contact">Order a cake</a> <a href="/hours">Opening hours</a>
    </p>
  </main>
));
