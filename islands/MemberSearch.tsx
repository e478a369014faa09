import { members } from "@wix/members";
import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { toWixError } from "@/lib/wix/wix_error.ts";

interface MemberSearchProps {
  /** What was searched for when the page was rendered. */
  name: string;
  /** Nicknames that the page found. */
  found: string[];
}

/**
 * Members by the beginning of their name, as one types. Without scripts it is
 * a form like any other, which the page answers.
 */
export default function MemberSearch({ name, found }: MemberSearchProps) {
  const shown = useSignal(found);
  const problem = useSignal("");
  const asked = useRef(name);

  const search = async (beginning: string) => {
    asked.current = beginning;
    try {
      const { items } = await members.queryMembers()
        .startsWith("profile.nickname", beginning)
        .limit(20)
        .find();
      // What was typed since then has an answer of its own coming.
      if (asked.current !== beginning) return;
      problem.value = "";
      shown.value = items.map(({ profile }) => profile?.nickname ?? "Member");
    } catch (error) {
      if (asked.current !== beginning) return;
      problem.value = explain(toWixError(error)?.status);
    }
  };

  return (
    <form method="get" role="search">
      <label for="name">The name begins with</label>{" "}
      <input
        id="name"
        name="name"
        type="search"
        autocomplete="off"
        defaultValue={name}
        onInput={({ currentTarget }) => search(currentTarget.value)}
      />{" "}
      <button type="submit">Search</button>
      <p role="status">
        {problem.value || `${shown.value.length} found`}
      </p>
      <ul class="people">
        {shown.value.map((nickname) => (
          <li key={nickname}>
            <bdi>{nickname}</bdi>
          </li>
        ))}
      </ul>
    </form>
  );
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
