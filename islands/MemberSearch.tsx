import { useSignal } from "@preact/signals";
import { members } from "@wix/members";
import { useEffect, useRef } from "preact/hooks";
import { toWixError } from "@fresh-wix/core/errors";

interface MemberSearchProps {
  /** What the page was asked for. */
  name: string;
  /** Nicknames that the page found. */
  found: string[];
}

/**
 * Members by the beginning of their name, as one types. Without scripts it is
 * a form like any other, which the page answers.
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
    let answer: Partial<Answer>;
    try {
      answer = { nicknames: await findNicknames(text) };
    } catch (error) {
      answer = { problem: explain(toWixError(error)?.status) };
    }
    // What was typed since then has an answer of its own coming.
    if (typed.current !== text) return;
    searching.value = false;
    problem.value = answer.problem ?? "";
    nicknames.value = answer.nicknames ?? [];
  };

  // What was typed before the script came counts, too.
  useEffect(() => {
    const text = input.current?.value ?? name;
    if (text !== name) search(text);
  }, []);

  return (
    <form class="form" method="get" role="search">
      <div class="field">
        <label for="name">The name begins with</label>
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
          {problem.value || inWords(nicknames.value.length)}
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

interface Answer {
  nicknames: string[];
  problem: string;
}

async function findNicknames(beginning: string): Promise<string[]> {
  // #region search
  const { items } = await members.queryMembers()
    .startsWith("profile.nickname", beginning)
    .limit(20)
    .find();
  // #endregion
  return items.map(({ profile }) => profile?.nickname ?? "Member");
}

function inWords(count: number): string {
  return count === 0 ? "Nobody's name begins like that." : `Found: ${count}`;
}

function explain(status: number | undefined): string {
  switch (status) {
    case 401:
      return "Your session has ended: please log in again.";
    case 403:
      return "On this site visitors and members may not list members.";
    default:
      return "Wix is not answering: please try again.";
  }
}
