import { Notice } from "./Notice.tsx";

/** For members of a site that knows no profiles. */
export function NoProfile() {
  return (
    <Notice kind="empty" title="No profile yet">
      <p>
        Wix knows no profile for you. The site's owner may have to add the
        Members Area to the site.
      </p>
    </Notice>
  );
}
