import { Notice } from "./Notice.tsx";

/** Shown when Wix has no profile for the member. */
export function NoProfile() {
  return (
    <Notice kind="empty" title="No profile yet">
      <p>
        Wix has no profile for your account. The site owner may need to add the
        Members Area app.
      </p>
    </Notice>
  );
}
