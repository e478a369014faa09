import { useSignal } from "@preact/signals";
import { siteProperties } from "@wix/business-tools";
import { toWixError } from "@/packages/fresh-wix/src/wix/wix_error.ts";

/**
 * A call that Wix allows to apps only, made by the browser: refused when it is
 * made directly, answered by the endpoint that elevates it. Without scripts it
 * is a link to where the server tries the same.
 */
export default function PrivilegedCall() {
  const lines = useSignal<string[]>([]);

  const ask = async (event: Event) => {
    event.preventDefault();
    lines.value = ["Asking…"];
    lines.value = [await askWix(), await askEndpoint()];
  };

  return (
    <>
      <p>
        <a class="button" href="/elevation" onClick={ask}>
          Try both from the browser
        </a>
      </p>
      <div role="status">
        <ol>
          {lines.value.map((line) => <li key={line}>{line}</li>)}
        </ol>
      </div>
    </>
  );
}

async function askWix(): Promise<string> {
  try {
    // #region privileged
    await siteProperties.getSiteProperties();
    // #endregion
    return "Wix allowed it: this site is more open than most.";
  } catch (error) {
    const { status, code } = toWixError(error) ?? {};
    return `Wix refused it: ${status ?? "no answer"} ${code ?? ""}`.trim();
  }
}

async function askEndpoint(): Promise<string> {
  try {
    const answer = await fetch("/api/site-properties");
    const { businessName }: { businessName?: string } = await answer.json();
    return `The endpoint answered: ${answer.status} ${businessName ?? ""}`;
  } catch {
    return "The endpoint gave no answer.";
  }
}
