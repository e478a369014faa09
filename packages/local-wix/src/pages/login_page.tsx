/** @jsxRuntime automatic */
/** @jsxImportSource preact */
import type { JSX } from "preact";
import type { Member } from "../members/member.ts";
import type { DemoAccount } from "../site/site.ts";
import { page } from "./layout.tsx";

/** The connections to identity providers that every Wix site has. */
const PROVIDERS: ReadonlyMap<string, string> = new Map([
  ["0e6a50f5-b523-4e29-990d-f37fa2ffdd69", "Google"],
  ["3ecad13f-52c3-483d-911f-31dbcf2a6d23", "Facebook"],
]);

/** What the login page shows. */
export interface LoginPageOptions {
  readonly siteName: string;
  /** Id of the connection to an identity provider. */
  readonly idp: string | undefined;
  readonly accounts: readonly DemoAccount[];
  readonly members: readonly Member[];
  /** E-mail of the selected account. Default: the first one. */
  readonly selected?: string | undefined;
  /** What was wrong with the last attempt. */
  readonly problem?: string;
}

/**
 * The login page: a list of accounts and a password that does not matter.
 *
 * UNDOCUMENTED: the page for an identity provider that the site does not have.
 * Here it is a login page that shows the provider's id.
 */
export function loginPage(options: LoginPageOptions): Response {
  const { siteName, idp, accounts, members, problem } = options;
  const selected = options.selected ?? members[0]?.loginEmail;
  const isSelected = ({ loginEmail }: Member) => loginEmail === selected;
  const provider = idp && (PROVIDERS.get(idp) ?? `provider ${idp}`);
  const content = (
    <>
      <h1>Log in to {siteName}{provider && ` with ${provider}`}</h1>
      <p class="soft">Choose an account.</p>
      {problem && <p class="error" role="alert">{problem}</p>}
      <form method="post">
        <fieldset>
          <legend>Account</legend>
          <div class="accounts">
            {/* First in the list, because the list scrolls. */}
            {members
              .toSorted((a, b) => Number(isSelected(b)) - Number(isSelected(a)))
              .map((member) => (
                <Account
                  member={member}
                  note={accounts.find(({ email }) =>
                    email === member.loginEmail
                  )?.note}
                  selected={isSelected(member)}
                />
              ))}
          </div>
        </fieldset>
        <label class="label" for="password">Password</label>
        <input
          id="password"
          name="password"
          type="password"
          autocomplete="off"
          aria-describedby="hint"
        />
        <p class="hint" id="hint">Any password works, or none.</p>
        <div class="actions">
          <button class="primary" name="action" value="login">Log in</button>
          <button name="action" value="cancel" formnovalidate>Cancel</button>
        </div>
      </form>
    </>
  );
  return page("Log in", content, { status: problem ? 400 : 200 });
}

function Account(
  { member, note, selected }: {
    readonly member: Member;
    readonly note: string | undefined;
    readonly selected: boolean;
  },
): JSX.Element {
  const { loginEmail, contact: { firstName, lastName } } = member;
  const initials = [firstName, lastName].map((name) => [...name][0] ?? "");
  return (
    <label class="account">
      <input
        type="radio"
        name="email"
        value={loginEmail}
        required
        checked={selected}
      />
      <span class="avatar" aria-hidden="true">
        {initials.join("").toUpperCase()}
      </span>
      <span>
        <bdi>{firstName} {lastName}</bdi>{" "}
        <small>{loginEmail}{note && ` · ${note}`}</small>
      </span>
    </label>
  );
}
