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
import { setFlash, takeFlash } from "@/lib/cookies.ts";
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
  /** Missing when Wix has no profile. */
  form: SettingsForm | undefined;
  flash?: string | undefined;
  failure?: Failure;
}

interface Failure {
  status: number;
  title: string;
  detail?: string;
  problems?: Problems;
  /** Whether to offer a login in a new tab. */
  login?: boolean;
}

export const handler = defineForMembers.handlers({
  async GET(ctx) {
    const member = await currentMember();
    return render(ctx, {
      form: member && newSettingsForm(member),
      flash: takeFlash(ctx),
    });
  },

  async POST(ctx) {
    const form = readSettingsForm(await readForm(ctx.req));
    const problems = checkSettings(form);
    if (Object.keys(problems).length > 0) {
      return render(ctx, { form, failure: { ...INVALID, problems } });
    }
    try {
      const result = await saveSettings(form);
      switch (result.kind) {
        case "saved":
          wix.setMember(ctx, result.member);
          setFlash(ctx, "saved");
          return ctx.redirect("/account/settings", 303);
        case "changed-elsewhere":
          return render(ctx, {
            form: result.form,
            failure: { ...CHANGED_ELSEWHERE, problems: result.problems },
          });
        case "account-changed":
          return render(ctx, {
            form: result.member && newSettingsForm(result.member),
            failure: ACCOUNT_CHANGED,
          });
      }
    } catch (error) {
      return render(ctx, { form, failure: toFailure(ctx, error) });
    }
  },
});

const INVALID = { status: 422, title: "Check the highlighted fields" };

const CHANGED_ELSEWHERE = {
  status: 409,
  title: "Not saved: these settings were changed in another tab or device",
};

const ACCOUNT_CHANGED = {
  status: 409,
  title: "Not saved: you're logged in with a different account",
  detail: "The form belonged to another account. It now shows the settings " +
    "of the current one.",
};

/** Describes a failed save; the form keeps what the member entered. */
function toFailure(ctx: Context<MemberState>, error: unknown): Failure {
  const problems = wixProblems(error);
  if (Object.keys(problems).length > 0) return { ...INVALID, problems };
  const { status, title, action } = isRejection(error)
    ? REJECTED
    : describeError(error);
  return {
    status,
    title,
    detail:
      "Your changes may not have been saved. They are still in the form: " +
      `save again. Reference: ${wix.report(ctx, error)}`,
    login: action === "login",
  };
}

/** Whether Wix rejected the input without naming a field. */
function isRejection(error: unknown): boolean {
  const status = toWixError(error)?.status;
  return status === 400 || status === 409;
}

const REJECTED = {
  status: 422,
  title: "Wix rejected these changes",
  action: undefined,
};

function render(ctx: Context<MemberState>, data: SettingsPage) {
  const { failure } = data;
  ctx.state.title = failure === undefined ? "Settings" : "Error: Settings";
  return page(data, { status: failure?.status ?? 200 });
}

export default defineForMembers.page<typeof handler>(({ data, url }) => (
  <>
    <PageHeading
      title="Settings"
      breadcrumbs={[{ href: "/account", text: "Your account" }]}
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
          Then return to this tab and save again.
        </p>
      )}
    </ErrorSummary>
  );
}
