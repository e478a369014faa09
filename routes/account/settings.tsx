import { type Context, page } from "fresh";
import { AccountNav } from "@/components/AccountNav.tsx";
import { FlashNotice } from "@/components/FlashNotice.tsx";
import { ErrorSummary } from "@/components/forms/ErrorSummary.tsx";
import {
  fieldProblems,
  SettingsFields,
} from "@/components/forms/SettingsFields.tsx";
import { NoProfile } from "@/components/NoProfile.tsx";
import { PageHeading } from "@/components/PageHeading.tsx";
import { defineForMembers, type MemberState } from "@/lib/define.ts";
import { describeError } from "@fresh-wix/core";
import { wix } from "@/lib/wix.ts";
import { readForm } from "@fresh-wix/core";
import { checkSettings, type Problems } from "@/lib/account/check_settings.ts";
import { currentMember } from "@/lib/account/current_member.ts";
import { saveSettings, wixProblems } from "@/lib/account/save_settings.ts";
import { toWixError } from "@fresh-wix/core/errors";
import {
  newSettingsForm,
  readSettingsForm,
  type SettingsForm,
} from "@/lib/account/settings_form.ts";

interface SettingsPage {
  /** Missing when Wix knows no profile. */
  form: SettingsForm | undefined;
  flash?: string | undefined;
  failure?: Failure;
}

interface Failure {
  status: number;
  title: string;
  detail?: string;
  problems?: Problems;
  /** Whether logging in again, in another tab, helps. */
  login?: boolean;
}

export const handler = defineForMembers.handlers({
  async GET(ctx) {
    const member = await currentMember();
    return answer(ctx, {
      form: member && newSettingsForm(member),
      flash: wix.flashes.take(ctx),
    });
  },

  async POST(ctx) {
    const form = readSettingsForm(await readForm(ctx.req));
    const problems = checkSettings(form);
    if (Object.keys(problems).length > 0) {
      return answer(ctx, { form, failure: { ...UNFIT, problems } });
    }
    try {
      const saving = await saveSettings(form);
      switch (saving.kind) {
        case "saved":
          wix.setMember(ctx, saving.member);
          wix.flashes.set(ctx, "saved");
          return ctx.redirect("/account/settings", 303);
        case "changed-elsewhere":
          return answer(ctx, {
            form: saving.form,
            failure: { ...CHANGED_ELSEWHERE, problems: saving.problems },
          });
        case "somebody-else":
          return answer(ctx, {
            form: saving.member && newSettingsForm(saving.member),
            failure: SOMEBODY_ELSE,
          });
      }
    } catch (error) {
      return answer(ctx, { form, failure: failureOf(ctx, error) });
    }
  },
});

const UNFIT = { status: 422, title: "Nothing is saved yet: please check" };

const CHANGED_ELSEWHERE = {
  status: 409,
  title: "Nothing is saved yet: this was changed elsewhere",
};

const SOMEBODY_ELSE = {
  status: 409,
  title: "Nothing was saved: somebody else is logged in now",
  detail: "The form was for another account. Below is what belongs to the " +
    "one that is logged in.",
};

/** What Wix refuses, or cannot do now, loses nobody what they entered. */
function failureOf(ctx: Context<MemberState>, error: unknown): Failure {
  const problems = wixProblems(error);
  if (Object.keys(problems).length > 0) return { ...UNFIT, problems };
  const { status, title, action } = isRefusal(error)
    ? REFUSED
    : describeError(error);
  return {
    status,
    title,
    detail:
      "What you entered may not be saved. It is still here: please save " +
      `again. Reference: ${wix.report(ctx, error)}`,
    login: action === "login",
  };
}

/** Wix looked at it and said no, without saying to what. */
function isRefusal(error: unknown): boolean {
  const status = toWixError(error)?.status;
  return status === 400 || status === 409;
}

const REFUSED = {
  status: 422,
  title: "Wix did not take this",
  action: undefined,
};

function answer(ctx: Context<MemberState>, data: SettingsPage) {
  const { failure } = data;
  ctx.state.title = failure === undefined ? "Settings" : "Error: Settings";
  return page(data, { status: failure?.status ?? 200 });
}

export default defineForMembers.page<typeof handler>(({ data, url }) => (
  <>
    <PageHeading
      title="Settings"
      above={[{ href: "/account", text: "Your account" }]}
    />
    <AccountNav url={url} />
    <div class="form-page">
      <FlashNotice flash={data.flash} />
      {data.failure && <Failed {...data.failure} />}
      {data.form === undefined
        ? <NoProfile />
        : (
          <form class="form" method="post" action={url.pathname} noValidate>
            <SettingsFields
              form={data.form}
              problems={data.failure?.problems ?? {}}
            />
            <div class="actions">
              <button type="submit">Save</button>
              <a href="/account">Cancel</a>
            </div>
          </form>
        )}
      <section class="elsewhere">
        <h2>More</h2>
        <ul>
          <li>
            <a href="/account/privacy">Who can see my profile</a>
          </li>
          <li>
            <a href="/account/delete">Delete my account</a>
          </li>
        </ul>
      </section>
    </div>
  </>
));

function Failed({ title, detail, problems = {}, login = false }: Failure) {
  return (
    <ErrorSummary title={title} problems={fieldProblems(problems)}>
      {detail && <p>{detail}</p>}
      {login && (
        <p>
          <a
            class="button"
            href="/api/auth/login?returnToUrl=/account"
            target="_blank"
          >
            Log in in a new tab
          </a>{" "}
          Then come back to this tab and save again.
        </p>
      )}
    </ErrorSummary>
  );
}
