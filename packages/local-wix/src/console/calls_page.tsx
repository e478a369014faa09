/** @jsxRuntime automatic */
/** @jsxImportSource preact */
import type { Call } from "../call.ts";
import { page } from "../pages/layout.tsx";
import { CONSOLE_STYLE } from "../pages/style.ts";
import { sdkCalls, unknownRequests } from "./calls.ts";

/**
 * `GET /_local/calls`: each SDK function with its support, and requests that no
 * SDK function makes.
 */
export function showCalls({ backend }: Call): Response {
  const routes = Object.keys(backend.counters.snapshot().routes);
  const calls = sdkCalls(routes);
  const packages = new Set(calls.map((call) => call.package));
  const unknown = unknownRequests(backend, routes);
  const carried = calls.filter(({ isCarried }) => isCarried);
  const content = (
    <>
      <h1>SDK calls</h1>
      <p>
        {carried.length} of {calls.length}{" "}
        are carried; the others are refused with 501. <a href="/">Console</a>
      </p>
      {[...packages].map((name) => (
        <section>
          <h2>{name}</h2>
          <div class="scroll" tabindex={0} role="region" aria-label={name}>
            <table>
              <tbody>
                {calls.filter((call) => call.package === name).map((call) => (
                  <tr>
                    <td>{call.name}</td>
                    <td>
                      <code>{call.route}</code>
                    </td>
                    <td>
                      <span class={`status s${call.isCarried ? 2 : 5}`}>
                        {call.isCarried ? "carried" : "refused"}
                      </span>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </section>
      ))}
      <section>
        <h2>Unknown</h2>
        <p>Recent requests that no function above makes.</p>
        <ul>{unknown.map((request) => <li>{request}</li>)}</ul>
      </section>
    </>
  );
  return page("Calls", content, { style: CONSOLE_STYLE, wide: true });
}
