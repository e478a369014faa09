import type { Call } from "../call.ts";
import type { Member } from "../members/member.ts";
import { openJws, signJws } from "../oauth/signed_tokens.ts";

// Browsers share cookies between the ports of a host. The path keeps this one
// away from the developer's app on the next port.
const NAME = "local_wix_login";
const ATTRIBUTES = "Path=/_pages; HttpOnly; SameSite=Lax";
/** UNDOCUMENTED: how long a login at the hosted pages lasts. Here thirty days. */
const MAX_AGE_SECONDS = 30 * 24 * 60 * 60;

/** The member who is logged in at the hosted pages in this browser. */
export function loggedInMember({ request, backend }: Call): Member | undefined {
  const header = request.headers.get("cookie") ?? "";
  const cookies = header.split(";").map((pair) => pair.trim().split("="));
  const value = cookies.find(([name]) => name === NAME)?.[1] ?? "";
  const { loggedIn } = openJws(value) ?? {};
  return backend.store.members.get(String(loggedIn));
}

/** `Set-Cookie` that remembers a login at the hosted pages. */
export function loginCookie({ id }: Member): string {
  const value = signJws({ loggedIn: id });
  return `${NAME}=${value}; ${ATTRIBUTES}; Max-Age=${MAX_AGE_SECONDS}`;
}

/** `Set-Cookie` that forgets the login. */
export function logoutCookie(): string {
  return `${NAME}=; ${ATTRIBUTES}; Max-Age=0`;
}
