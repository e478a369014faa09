import { useSignal } from "@preact/signals";

/** Calls an endpoint of ours as any script on the page could. */
export default function AskEndpoint({ path }: { path: string }) {
  const answer = useSignal("");

  const ask = async () => {
    answer.value = "Asking…";
    try {
      const { status, statusText, ...response } = await load(path);
      answer.value = `${status} ${statusText}\n${response.body}`;
    } catch {
      answer.value = "No answer: is the server running?";
    }
  };

  return (
    <>
      <p class="scripted">
        <button type="button" onClick={ask}>Ask from the browser</button>
      </p>
      <pre aria-live="polite">{answer}</pre>
    </>
  );
}

async function load(path: string) {
  const response = await fetch(path);
  const { status, statusText } = response;
  const json: unknown = await response.json();
  return { status, statusText, body: JSON.stringify(json, null, 2) };
}
