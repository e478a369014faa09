/**
 * What custom login reads, and how to make it fail on purpose. Everything else
 * succeeds: any other password is correct.
 *
 * @module
 */
import * as v from "valibot";
import { applicationError } from "../http/errors.ts";
import type { JsonObject } from "../http/json.ts";
import { emailAddress, optionalText, validate } from "../http/validate.ts";

/** This password is wrong for every account. */
export const WRONG_PASSWORD = "wrong";
/** With this password, the account's password has to be reset. */
export const RESET_PASSWORD = "reset";
/** The code in every verification e-mail. */
export const VERIFICATION_CODE = "123456";
/** This CAPTCHA token is refused; any other is accepted. */
const INVALID_CAPTCHA_TOKEN = "invalid";

/** What accounts such as `verify+eve@demo.example` have to do to log in. */
export type Obstacle = "captcha" | "verify" | "approve";

/** Whether an e-mail begins with the obstacle and a plus sign. */
export function meets(obstacle: Obstacle, email: string): boolean {
  return email.startsWith(`${obstacle}+`);
}

/** E-mail and password, both empty when absent. */
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

/** Throws unless `email` can be an e-mail address. */
export function requireEmail(email: unknown, field: string): string {
  return validate(emailAddress, email ?? "", field);
}
