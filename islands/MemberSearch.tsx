import { useSignal } from "@preact/signals";
import { members } from "@wix/members";
import { useEffect, useRef } from "preact/hooks";
import { toWixError } from "@fresh-wix/core/errors";

interface MemberSearchProps {
  /** The search term in the page's URL. */
  name: string;
  /** Nicknames that the page found. */
  found: string[];
}

/**
 * Finds members by the start of their name while the user types. Without
 * JavaScript it is a form, handled by the page.
 */
export default function MemberSearch({ name, found }: MemberSearchProps) {
  const nicknames = useSignal(found);
  const problem = useSignal("");
  const searching = useSignal(false);
  const typed = useRef(name);
  const input = useRef<HTMLInputElement>(null);
  // Spread: Deno's precompile would write an attribute named `defaultvalue`.
  const initially = { defaultValue: name };

  const search = async (text: string) => {
    typed.current = text;
    searching.value = true;
    let result: Partial<SearchResult>;
    try {
      result = { nicknames: await findNicknames(text) };
    } catch (error) {
      result = { problem: explain(toWixError(error)?.status) };
    }
    // The user has typed more: a newer search is under way.
    if (typed.current !== text) return;
    searching.value = false;
    problem.value = result.problem ?? "";
    nicknames.value = result.nicknames ?? [];
  };

  // Searches for text that was typed before the script had loaded.
  useEffect(() => {
    const text = input.current?.value ?? name;
    if (text !== name) search(text);
  }, []);

  return (
    <form class="form" method="get" role="search">
      <div class="field">
        <label for="name">Name starts with</label>
        <input
          ref={input}
          id="name"
          name="name"
          type="search"
          autocomplete="off"
          {...initially}
          onInput={({ currentTarget }) => search(currentTarget.value)}
        />
      </div>
      <div class="actions">
        <button type="submit">Search</button>
        <span role="status">
          {problem.value || countText(nicknames.value.length)}
        </span>
      </div>
      <ul aria-busy={searching.value ? "true" : "false"}>
        {nicknames.value.map((nickname) => (
          <li key={nickname}>
            <bdi>{nickname}</bdi>
          </li>
        ))}
      </ul>
    </form>
  );
}

interface SearchResult {
  nicknames: string[];
  problem: string;
}

async function findNicknames(prefix: string): Promise<string[]> {
  // #region search
  const { items } = await members.queryMembers()
    .startsWith("profile.nickname", prefix)
    .limit(20)
    .find();
  // #endregion
  return items.map(({ profile }) => profile?.nickname ?? "Member");
}

function countText(count: number): string {
  if (count === 0) return "No matches";
  return count === 1 ? "1 member found" : `${count} members found`;
}

function explain(status: number | undefined): string {
  switch (status) {
    case 401:
      return "Your session has ended. Log in again.";
    case 403:
      return "Visitors and members of this site can't list members.";
    default:
      return "Wix isn't responding. Try again.";
  }
}
