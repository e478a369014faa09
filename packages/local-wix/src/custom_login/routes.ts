/**
 * What custom login reads, and how to make it fail on purpose. Everything else
 * succeeds: any other password is correct.
 *
 * @module
 */
import * as v from "valibot";
import type { Backend } from "../backend.ts";
import { allow, type Call, type Route } from "../call.ts";
import {
  applicationError,
  invalidField,
  permissionDenied,
} from "../http/errors.ts";
import { type JsonObject, textIn } from "../http/json.ts";
import { isAllowedUrl } from "../http/origins.ts";
import { readJson } from "../http/request.ts";
import { reply, writeReply } from "../http/response.ts";
import {
  objectIn,
  optionalText,
  requireEmail,
  validate,
} from "../http/validate.ts";
import { USERS } from "../identity/identity.ts";
import { findByEmail, loginRefusal, type Member } from "../members/member.ts";
import { newMember } from "../members/new_member.ts";
import { requireTrustedClient } from "../oauth/resolve_identity.ts";
import { openLoginToken, signLoginToken } from "../oauth/signed_tokens.ts";

/** Login, registration and recovery by forms of the site's own. */
export const CUSTOM_LOGIN_ROUTES: readonly Route[] = [
  ...allow(USERS, {
    "POST /_api/iam/authentication/v2/login": login,
    "POST /_api/iam/authentication/v2/register": register,
    "POST /_api/iam/verification/v1/auth/verify": verifyEmail,
    "POST /_api/iam/recovery/v1/send-email": sendRecoveryEmail,
  }),
  ...allow("anyone", {
    "POST /_api/iam/authentication/v2/sign-on": signOn,
  }),
];

/**
 * UNDOCUMENTED: the status of -19973, "reset your password". Here 401, like
 * the one of a wrong password.
 */
async function login({ request, backend }: Call): Promise<Response> {
  const { email, password } = readCredentials(await readJson(request));
  const member = findByEmail(backend.store.members, email);
  if (!member) throw applicationError(404, "-19999", "Member not found");
  if (password === RESET_PASSWORD) {
    throw applicationError(401, "-19973", "The password must be reset");
  }
  if (password === "" || password === WRONG_PASSWORD) {
    throw applicationError(401, "-19976", "The password is wrong");
  }
  const state = loginState(backend, member);
  if (state.state === "SUCCESS") {
    backend.store.members.put({ ...member, lastLoginDate: backend.isoNow });
  }
  return reply(state);
}

/** UNDOCUMENTED: which passwords are too short. Here only the empty one. */
async function register({ request, backend }: Call): Promise<Response> {
  const body = await readJson(request);
  const { email, password } = readCredentials(body);
  requireEmail(email, "loginId.email");
  if (password === "") {
    throw invalidField("password", "password is required", "REQUIRED_FIELD", {
      type: "PASSWORD",
    });
  }
  if (findByEmail(backend.store.members, email)) {
    throw applicationError(409, "-19995", "The email is already in use");
  }
  const profile = objectIn(body.profile, "profile");
  const status = meets("approve", email) ? "PENDING" : "APPROVED";
  const member = { ...newMember(backend, email, profile), status } as const;
  backend.store.members.put(member);
  return writeReply(loginState(backend, member));
}

/**
 * Continues a registration or login that waits for the code in an email.
 *
 * UNDOCUMENTED: the status of VERIFICATION_FAILED. Here 400.
 */
async function verifyEmail({ request, backend }: Call): Promise<Response> {
  const { code, stateToken } = await readJson(request);
  const { store: { members }, now } = backend;
  const id = openLoginToken("verification", textIn(stateToken) ?? "", now());
  const member = members.get(id ?? "");
  if (!member || code !== VERIFICATION_CODE) {
    const text = "The code is wrong or has expired";
    throw applicationError(400, "VERIFICATION_FAILED", text);
  }
  const verified = { ...member, loginEmailVerified: true };
  members.put(verified);
  return writeReply(loginState(backend, verified));
}

/**
 * Writes the email for a forgotten password to the log.
 *
 * UNDOCUMENTED: a recovery email for an address without a member (here `{}`,
 * which reveals nothing) and with a URL that is not allowed (here 400).
 */
async function sendRecoveryEmail(
  { request, backend }: Call,
): Promise<Response> {
  const body = await readJson(request);
  const email = textIn(body.email) ?? "";
  const url = textIn(objectIn(body.redirect, "redirect").url);
  if (url && !isAllowedUrl(url, backend.settings.values)) {
    throw invalidField("redirect.url", `${url} is not allowed`);
  }
  if (findByEmail(backend.store.members, email)) {
    backend.log(`Mail to ${email}: reset your password, then go to ${url}`);
  }
  return reply({});
}

/** A session for a user whom the calling server has authenticated. */
async function signOn({ request, backend }: Call): Promise<Response> {
  requireTrustedClient(request.headers, backend);
  const body = await readJson(request);
  const loginId = objectIn(body.loginId, "loginId");
  const email = requireEmail(loginId.email, "loginId.email");
  const { store: { members }, now } = backend;
  const profile = objectIn(body.profile, "profile");
  const member = findByEmail(members, email) ??
    newMember(backend, email, profile);
  const loginEmailVerified = member.loginEmailVerified ||
    body.verifyEmail === true;
  members.put({ ...member, loginEmailVerified });
  const sessionToken = signLoginToken("session", member.id, now());
  return writeReply({ sessionToken, identity: identityOf(member) });
}

/**
 * How far `member` has got in logging in.
 *
 * UNDOCUMENTED: custom login of a blocked member. Here it is 403.
 */
function loginState({ now }: Backend, member: Member) {
  const { id, loginEmail, loginEmailVerified, status } = member;
  if (meets("verify", loginEmail) && !loginEmailVerified) {
    const stateToken = signLoginToken("verification", id, now());
    return { state: "REQUIRE_EMAIL_VERIFICATION", stateToken };
  }
  if (status === "PENDING") return { state: "REQUIRE_OWNER_APPROVAL" };
  const refusal = loginRefusal(member);
  if (refusal) throw permissionDenied(refusal);
  const sessionToken = signLoginToken("session", id, now());
  return { state: "SUCCESS", sessionToken, identity: identityOf(member) };
}

function identityOf(member: Member) {
  const { id, createdDate, updatedDate, loginEmail, contact, profile } = member;
  const { firstName, lastName } = contact;
  return {
    id,
    createdDate,
    updatedDate,
    identityProfile: { firstName, lastName, nickname: profile.nickname },
    email: { address: loginEmail, isVerified: member.loginEmailVerified },
    status: { name: "ACTIVE", reasons: [] },
  };
}

/** This password is wrong for every account. */
export const WRONG_PASSWORD = "wrong";
/** With this password, the account's password has to be reset. */
export const RESET_PASSWORD = "reset";
/** The code in every verification email. */
export const VERIFICATION_CODE = "123456";
/** This CAPTCHA token is refused; any other is accepted. */
const INVALID_CAPTCHA_TOKEN = "invalid";

/** What accounts such as `verify+eve@demo.example` have to do to log in. */
export type Obstacle = "captcha" | "verify" | "approve";

/** Whether an email begins with the obstacle and a plus sign. */
export function meets(obstacle: Obstacle, email: string): boolean {
  return email.startsWith(`${obstacle}+`);
}

/** Email and password, both empty when absent. */
export interface Credentials {
  readonly email: string;
  readonly password: string;
}

const CREDENTIALS = v.object({
  loginId: v.nullish(v.object({ email: optionalText }), {}),
  password: optionalText,
  captchaTokens: v.fallback(
    v.array(v.record(v.string(), v.unknown())),
    [],
  ),
});

/** The credentials in a request; throws when its CAPTCHA token is not valid. */
export function readCredentials(body: JsonObject): Credentials {
  const sent = validate(CREDENTIALS, body);
  const { loginId: { email = "" }, password = "", captchaTokens } = sent;
  const captcha = captchaTokens
    .flatMap(({ Recaptcha, InvisibleRecaptcha }) => [
      Recaptcha,
      InvisibleRecaptcha,
    ])
    .find(Boolean);
  if (meets("captcha", email) && !captcha) {
    throw applicationError(400, "-19971", "A CAPTCHA token is required");
  }
  if (captcha === INVALID_CAPTCHA_TOKEN) {
    throw applicationError(400, "-19970", "The CAPTCHA token is not valid");
  }
  return { email, password };
}
