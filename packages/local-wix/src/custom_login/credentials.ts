import { applicationError } from "../http/errors.ts";
import { isRecord, type JsonObject } from "../http/json.ts";
import { objectIn, textIn } from "../http/parse.ts";
import { INVALID_CAPTCHA_TOKEN, needsCaptcha } from "./triggers.ts";

/** What somebody types to log in or to register. */
export interface Credentials {
  readonly email: string;
  readonly password: string;
}

/**
 * The credentials in a request; throws when a CAPTCHA token is missing or
 * refused.
 */
export function readCredentials(body: JsonObject): Credentials {
  const email = textIn(objectIn(body.loginId, "loginId").email) ?? "";
  const password = textIn(body.password) ?? "";
  const captcha = captchaToken(body.captchaTokens);
  if (needsCaptcha(email) && !captcha) {
    throw applicationError(400, "-19971", "A CAPTCHA token is required");
  }
  if (captcha === INVALID_CAPTCHA_TOKEN) {
    throw applicationError(400, "-19970", "The CAPTCHA token is not valid");
  }
  return { email, password };
}

function captchaToken(sent: unknown): string | undefined {
  if (!Array.isArray(sent)) return undefined;
  return sent.filter(isRecord)
    .flatMap(({ Recaptcha, InvisibleRecaptcha }) => [
      textIn(Recaptcha),
      textIn(InvisibleRecaptcha),
    ])
    .find((token) => token !== undefined);
}
