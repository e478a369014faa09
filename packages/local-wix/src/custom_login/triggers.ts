/**
 * How to make custom login go wrong on purpose. Everything else succeeds: any
 * other password is the right one.
 *
 * @module
 */

/** This password is wrong for every account. */
export const WRONG_PASSWORD = "wrong";

/** With this password, Wix asks to set a new one. */
export const RESET_PASSWORD = "reset";

/** The code in every verification e-mail. */
export const VERIFICATION_CODE = "123456";

/** This CAPTCHA token is refused; any other is taken. */
export const INVALID_CAPTCHA_TOKEN = "invalid";

/** Accounts such as `captcha+eve@demo.example` need a CAPTCHA token. */
export function needsCaptcha(email: string): boolean {
  return email.startsWith("captcha+");
}

/** Accounts such as `verify+eve@demo.example` have to verify their e-mail. */
export function needsVerification(email: string): boolean {
  return email.startsWith("verify+");
}

/** Accounts such as `approve+eve@demo.example` wait for the site's owner. */
export function needsApproval(email: string): boolean {
  return email.startsWith("approve+");
}
