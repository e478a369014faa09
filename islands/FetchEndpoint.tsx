import { useSignal } from "@preact/signals";

/** Fetches an endpoint of this site and shows its response. */
export default function FetchEndpoint({ path }: { path: string }) {
  const output = useSignal("");

  const call = async () => {
    output.value = "Loading…";
    try {
      const { status, statusText, ...response } = await load(path);
      output.value = `${status} ${statusText}\n${response.body}`;
    } catch {
      output.value = "No response. Check that the server is running.";
    }
  };

  return (
    <>
      <p class="scripted">
        <button type="button" onClick={call}>Call the endpoint</button>
      </p>
      <pre aria-live="polite">{output}</pre>
    </>
  );
}

async function load(path: string) {
  const response = await fetch(path);
  const { status, statusText } = response;
  const json: unknown = await response.json();
  return { status, statusText, body: JSON.stringify(json, null, 2) };
}
