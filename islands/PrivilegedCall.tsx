import { siteProperties } from "@wix/business-tools";
import { useSignal } from "@preact/signals";
import { toWixError } from "@/lib/wix/wix_error.ts";

/** Where somebody without scripts sees the same. */
const ENDPOINT = "/api/site-properties";

/**
 * A call that Wix allows to apps only, made by the browser: refused when it is
 * made directly, answered by the endpoint that elevates it.
 */
export default function PrivilegedCall() {
  const lines = useSignal<string[]>([]);
  const say = (line: string) => lines.value = [...lines.value, line];

  const ask = async (event: Event) => {
    event.preventDefault();
    lines.value = [];
    try {
      await siteProperties.getSiteProperties();
      say("Asked directly: allowed. This site is more open than most.");
    } catch (error) {
      const { status, code } = toWixError(error) ?? {};
      say(`Asked directly: ${status ?? "no answer"} ${code ?? ""}`.trim());
    }
    try {
      const answer = await fetch(ENDPOINT);
      const properties: Record<string, string> = await answer.json();
      say(`Asked the endpoint: ${answer.status} ${properties.businessName}`);
    } catch {
      say("Asked the endpoint: no answer");
    }
  };

  return (
    <>
      <p>
        <a class="button" href="/elevation" onClick={ask}>
          Ask from the browser
        </a>
      </p>
      <ol role="status">
        {lines.value.map((line) => <li key={line}>{line}</li>)}
      </ol>
    </>
  );
}
