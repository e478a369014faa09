import { CARDS } from "../data.ts";

export default () => (
  <>
    <h1>A page without Wix data</h1>
    <ul class="cards">
      {CARDS.map(({ href, title, text, code }) => (
        <li key={href}>
          <h3>
            <a href={href}>{title}</a>
          </h3>
          <p>{text}</p>
          <pre><code>{code}</code></pre>
        </li>
      ))}
    </ul>
  </>
);
