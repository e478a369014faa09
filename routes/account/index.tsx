import { members } from "@wix/members";
import { page } from "fresh";
import { define } from "@/lib/define.ts";

export const handler = define.handlers({
  async GET(ctx) {
    ctx.state.title = "Your account";
    const { member } = await members.getCurrentMember({ fieldsets: ["FULL"] });
    return page({ member });
  },
});

export default define.page<typeof handler>(({ data: { member } }) => (
  <>
    <h1>Your account</h1>
    {member === undefined
      ? (
        <p>
          Wix knows no profile for you yet. The site's owner may have to add the
          Members Area to the site.
        </p>
      )
      : (
        <dl>
          <Row name="Nickname" value={member.profile?.nickname} />
          <Row
            name="Name"
            value={[member.contact?.firstName, member.contact?.lastName]
              .filter(Boolean).join(" ")}
          />
          <Row name="E-mail" value={member.loginEmail} />
          <Row name="Phone" value={member.contact?.phones?.join(", ")} />
        </dl>
      )}
    <p>
      <a href="/account/orders">Your orders</a>
    </p>
  </>
));

function Row(
  { name, value }: { name: string; value: string | null | undefined },
) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value || "–"}</dd>
    </div>
  );
}
