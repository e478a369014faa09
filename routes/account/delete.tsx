import { members } from "@wix/members";
import { type Context, page } from "fresh";
import { AccountNav } from "@/components/AccountNav.tsx";
import { Field } from "@/components/Field.tsx";
import { ErrorSummary } from "@/components/forms/ErrorSummary.tsx";
import { NoProfile } from "@/components/NoProfile.tsx";
import { PageHeading } from "@/components/PageHeading.tsx";
import { setFlash } from "@/lib/cookies.ts";
import { defineForMembers, type MemberState } from "@/lib/define.ts";
import { wix } from "@/lib/wix.ts";
import { readForm, singleValue } from "@fresh-wix/core";
import { currentMember } from "@/lib/account/current_member.ts";
import { fieldViolations } from "@fresh-wix/core";

interface DeletePage {
  /** The login email; missing when Wix has no profile. */
  email: string | undefined;
  failure?: { status: number; problem: string; entered: string };
}

export const handler = defineForMembers.handlers({
  async GET(ctx) {
    return render(ctx, { email: await currentEmail() });
  },

  async POST(ctx) {
    const entered = singleValue(await readForm(ctx.req), "email")?.trim() ?? "";
    const email = await currentEmail();
    if (!email || entered.toLowerCase() !== email.toLowerCase()) {
      return render(ctx, {
        email,
        failure: { status: 422, problem: NOT_CONFIRMED, entered },
      });
    }
    try {
      await members.deleteMyMember();
    } catch (error) {
      if (!fieldViolations(error).some(({ rule }) => rule === OWNER)) {
        throw error;
      }
      return render(ctx, {
        email,
        failure: { status: 409, problem: IS_OWNER, entered },
      });
    }
    wix.endSession(ctx);
    setFlash(ctx, "deleted");
    return ctx.redirect("/goodbye", 303);
  },
});

/** The rule Wix names when the member is an owner or contributor of the site. */
const OWNER = "OWNER_OR_CONTRIBUTOR_MEMBER_DELETE_FORBIDDEN";

const NOT_CONFIRMED = "Enter your email address to confirm.";
const IS_OWNER =
  "Site owners and contributors can only be deleted in the Wix dashboard.";

async function currentEmail(): Promise<string | undefined> {
  return (await currentMember())?.loginEmail ?? undefined;
}

function render(ctx: Context<MemberState>, data: DeletePage) {
  const title = "Delete my account";
  ctx.state.title = data.failure ? `Error: ${title}` : title;
  return page(data, { status: data.failure?.status ?? 200 });
}

export default defineForMembers.page<typeof handler>((
  { data: { email, failure }, url },
) => (
  <>
    <PageHeading
      title="Delete my account"
      breadcrumbs={[{ href: "/account", text: "Your account" }]}
    />
    <AccountNav url={url} />
    <div class="form-page">
      {failure && (
        <ErrorSummary
          title="Your account was not deleted"
          problems={[{
            field: "email",
            label: "Your email",
            problem: failure.problem,
          }]}
        />
      )}
      {email === undefined
        ? <NoProfile />
        : (
          <form class="form" method="post" action={url.pathname} noValidate>
            <section class="card">
              <p>
                This deletes the account <strong>{email}</strong>{" "}
                on this site, including your profile, phone numbers and
                addresses. You will be logged out on all devices. You can't undo
                this.
              </p>
              <p>The shop keeps its records of your orders.</p>
              <Field
                label="Your email"
                name="email"
                value={failure?.entered}
                hint={`Type ${email} to confirm.`}
                error={failure?.problem}
                type="email"
                autocomplete="off"
                autocapitalize="none"
                spellcheck={false}
              />
            </section>
            <div class="actions">
              <button class="danger" type="submit">Delete my account</button>
              <a href="/account/settings">Cancel</a>
            </div>
          </form>
        )}
    </div>
  </>
));
