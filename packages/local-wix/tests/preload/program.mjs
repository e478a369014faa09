// A program as anyone would write it for the real Wix: no word of local Wix.
import { get } from "node:https";
import { orders } from "@wix/ecom";
import { members } from "@wix/members";
import { createClient, OAuthStrategy } from "@wix/sdk";
import { request } from "undici";

const [clientId, elsewhere] = process.argv.slice(2);
const callback = "http://localhost:8000/callback";
const wix = createClient({
  auth: OAuthStrategy({ clientId }),
  modules: { members, orders },
});

const { items } = await wix.members.queryMembers().find();

const data = wix.auth.generateOAuthData(callback);
const { authUrl } = await wix.auth.getAuthUrl(data, { responseMode: "query" });
const form = { email: "ann@demo.example", password: "x", action: "login" };
const page = await fetch(authUrl, {
  method: "POST",
  body: new URLSearchParams(form),
  redirect: "manual",
});
const { code, state } = wix.auth.parseFromUrl(
  page.headers.get("location"),
  "query",
);
wix.auth.setTokens(await wix.auth.getMemberTokens(code, state, data));
const { member } = await wix.members.getCurrentMember();
const found = await wix.orders.searchOrders({ cursorPaging: { limit: 10 } });

const token = wix.auth.getTokens().accessToken.value;
const own = await fetch(
  new Request("https://www.wixapis.com/oauth2/token-info", {
    method: "POST",
    body: JSON.stringify({ token }),
  }),
);

const picture = await fetch(member.profile.photo.url);
// On Deno only fetch is led there.
const pictured = "Deno" in globalThis ? [200, 200] : await Promise.all([
  request(member.profile.photo.url).then(({ statusCode }) => statusCode),
  new Promise((resolve, reject) =>
    get(member.profile.photo.url, (response) => {
      resolve(response.statusCode);
      response.resume();
    }).on("error", reject)
  ),
]);
const report = await fetch("https://frog.wix.com/any?src=1")
  .catch((error) => error.message);

console.log(JSON.stringify({
  visitorSaw: items.length,
  slug: member.profile.slug,
  orders: found.orders.length,
  ownRequest: (await own.json()).subjectType,
  picture: picture.headers.get("content-type"),
  pictured,
  report,
  elsewhere: await (await fetch(elsewhere)).text(),
}));
