import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";

type Answer =
  | { state: "waiting" }
  | { state: "failed"; status: number }
  | { state: "allowed"; properties: [name: string, value: string][] };

/** What the elevated endpoint answers, asked for by the browser. */
export default function SiteProperties() {
  const answer = useSignal<Answer>({ state: "waiting" });

  useEffect(() => {
    const leave = new AbortController();
    load(leave.signal).then(
      (loaded) => answer.value = loaded,
      () => {
        if (!leave.signal.aborted) {
          answer.value = { state: "failed", status: 0 };
        }
      },
    );
    return () => leave.abort();
  }, []);

  switch (answer.value.state) {
    case "waiting":
      return <p aria-live="polite">Asking the endpoint…</p>;
    case "failed":
      return <p class="refused">Failed: {answer.value.status}</p>;
    case "allowed":
      return (
        <dl class="allowed">
          {answer.value.properties.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      );
  }
}

async function load(signal: AbortSignal): Promise<Answer> {
  const response = await fetch("/api/site-properties", { signal });
  if (!response.ok) return { state: "failed", status: response.status };
  const properties: Record<string, string> = await response.json();
  return { state: "allowed", properties: Object.entries(properties) };
}
