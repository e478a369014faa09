import { type Html, html } from "../http/html.ts";
import type { Member } from "../members/member.ts";
import type { DemoAccount } from "../seed/site.ts";
import { page } from "./layout.ts";

/** What the login page shows. */
export interface LoginPageOptions {
  readonly siteName: string;
  /** Who would ask for the login instead of Wix, such as "Google". */
  readonly provider: string | undefined;
  readonly accounts: readonly DemoAccount[];
  readonly members: readonly Member[];
  /** E-mail of the account to offer. Default: the first one. */
  readonly picked?: string | undefined;
  /** What was wrong with the last try. */
  readonly problem?: string;
}

/** The login page: a list of accounts and a password that does not matter. */
export function loginPage(options: LoginPageOptions): Response {
  const { members, problem } = options;
  const picked = options.picked ?? members[0]?.loginEmail;
  const isPicked = (member: Member) => member.loginEmail === picked;
  // First in the list, because the list scrolls and the choice has to show.
  const accounts = members
    .toSorted((a, b) => Number(isPicked(b)) - Number(isPicked(a)))
    .map((member) => accountChoice(member, options.accounts, isPicked(member)));
  const content = html`
    <h1>Log in to ${options.siteName}${options.provider &&
      ` with ${options.provider}`}</h1>
    <p class="soft">Choose who you want to be.</p>
    ${problem && html`<p class="error" role="alert">${problem}</p>`}
    <form method="post">
      <fieldset>
        <legend>Account</legend>
        <div class="accounts">${accounts}</div>
      </fieldset>
      <label class="label" for="password">Password</label>
      <input id="password" name="password" type="password"
        autocomplete="off" aria-describedby="hint">
      <p class="hint" id="hint">Any password works, or none.</p>
      <div class="actions">
        <button class="primary" name="action" value="login">Log in</button>
        <button name="action" value="cancel" formnovalidate>Cancel</button>
      </div>
    </form>
  `;
  return page("Log in", content, { status: problem ? 400 : 200 });
}

function accountChoice(
  member: Member,
  accounts: readonly DemoAccount[],
  picked: boolean,
): Html {
  const { loginEmail, contact } = member;
  const account = accounts.find(({ email }) => email === loginEmail);
  const note = account ? ` · ${account.note}` : "";
  return html`
    <label class="account">
      <input type="radio" name="email" value="${loginEmail}" required
        ${picked && "checked"}>
      <span class="avatar" aria-hidden="true">${initials(contact)}</span>
      <span><bdi>${contact.firstName} ${contact.lastName}</bdi>
        <small>${loginEmail}${note}</small></span>
    </label>
  `;
}

function initials({ firstName, lastName }: Member["contact"]): string {
  const letters = [firstName, lastName].map((name) => [...name][0] ?? "");
  return letters.join("").toUpperCase();
}
