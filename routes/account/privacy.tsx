import { members } from "@wix/members";
import { type Context, HttpError, page } from "fresh";
import { AccountNav } from "@/components/AccountNav.tsx";
import { FlashNotice } from "@/components/FlashNotice.tsx";
import { ErrorSummary } from "@/components/forms/ErrorSummary.tsx";
import { NoProfile } from "@/components/NoProfile.tsx";
import { PageHeading } from "@/components/PageHeading.tsx";
import { setFlash, takeFlash } from "@/lib/cookies.ts";
import { defineForMembers, type MemberState } from "@/lib/define.ts";
import { readForm, singleValue } from "@fresh-wix/core";
import { currentMember } from "@/lib/account/current_member.ts";
import { toWixError } from "@fresh-wix/core/errors";

interface PrivacyPage {
  /** Missing when Wix has no profile. */
  member: members.Member | undefined;
  flash?: string | undefined;
  failure?: { status: number; title: string; detail: string };
}

export const handler = defineForMembers.handlers({
  async GET(ctx) {
    return render(ctx, {
      member: await currentMember(),
      flash: takeFlash(ctx),
    });
  },

  async POST(ctx) {
    const form = await readForm(ctx.req);
    const member = await currentMember();
    if (!member?._id || singleValue(form, "member") !== member._id) {
      return render(ctx, { member, failure: ACCOUNT_CHANGED });
    }
    switch (singleValue(form, "community")) {
      case "join":
        try {
          await members.joinCommunity();
        } catch (error) {
          if (toWixError(error)?.code !== "COMMUNITY_JOIN_IMPOSSIBLE") {
            throw error;
          }
          return render(ctx, { member, failure: JOIN_IMPOSSIBLE });
        }
        setFlash(ctx, "joined");
        break;
      case "leave":
        await members.leaveCommunity();
        setFlash(ctx, "left");
        break;
      default:
        throw new HttpError(400);
    }
    return ctx.redirect("/account/privacy", 303);
  },
});

const ACCOUNT_CHANGED = {
  status: 409,
  title: "Nothing was changed: you're logged in with a different account",
  detail: "The page belonged to another account. Check your settings below.",
};

const JOIN_IMPOSSIBLE = {
  status: 409,
  title: "You can't join: this site's community is closed to new members",
  detail: "Contact the site owner to find out more.",
};

function render(ctx: Context<MemberState>, data: PrivacyPage) {
  ctx.state.title = data.failure ? "Error: Privacy" : "Privacy";
  return page(data, { status: data.failure?.status ?? 200 });
}

export default defineForMembers.page<typeof handler>(({ data, url }) => (
  <>
    <PageHeading
      title="Privacy"
      breadcrumbs={[{ href: "/account", text: "Your account" }]}
    />
    <AccountNav url={url} />
    <div class="form-page">
      <FlashNotice flash={data.flash} />
      {data.failure && (
        <ErrorSummary title={data.failure.title}>
          <p>{data.failure.detail}</p>
        </ErrorSummary>
      )}
      {data.member ? <Community member={data.member} /> : <NoProfile />}
    </div>
  </>
));

function Community({ member }: { member: members.Member }) {
  const isPublic = member.privacyStatus === "PUBLIC";
  return (
    <form class="form" method="post">
      <input type="hidden" name="member" value={member._id ?? ""} />
      <section class="card">
        <h2>
          {isPublic ? "Your profile is public" : "Your profile is private"}
        </h2>
        <p>
          {isPublic
            ? "You're a member of this site's community. Anyone can see your " +
              "nickname, picture and title. Your name, email, phone numbers " +
              "and addresses are private."
            : "You're not a member of this site's community. Only you and " +
              "the site owner can see your profile."}
        </p>
        <p>
          {isPublic
            ? "If you leave, your profile is hidden immediately. Your posts " +
              "and comments stay visible."
            : "If you join, anyone can see your nickname, picture and title. " +
              "Your name, email, phone numbers and addresses stay private."}
        </p>
        <button
          type="submit"
          name="community"
          value={isPublic ? "leave" : "join"}
        >
          {isPublic ? "Leave the community" : "Join the community"}
        </button>
      </section>
    </form>
  );
}
