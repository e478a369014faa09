/**
 * Wix for Fresh: sessions, login, an ambient SDK client, guards and error
 * pages.
 *
 * ```ts ignore
 * import { createWix, type Wix } from "@fresh-wix/core";
 *
 * export const wix: Wix = createWix();
 * ```
 *
 * @module
 */
export { GuardedApp } from "./app.ts";
export type { WixContext, WixState, WixStep } from "./context.ts";
export { createWix } from "./create_wix.ts";
export {
  describeError,
  type ErrorDescription,
} from "./errors/describe_error.ts";
export type { ErrorPageProps, ResubmitFormProps } from "./errors/pages.ts";
export type { OnError } from "./errors/report.ts";
export type { GatewayCall } from "./gateway/gateway.ts";
export type { CookieJar, ReceivedCookies } from "./http/cookies.ts";
export { readForm, singleValue } from "./http/form.ts";
export { readRequestBody } from "./http/read_body.ts";
export type { RequestGuard } from "./http/request_guard.ts";
export type { AuthHandlers, MemberHook } from "./oauth/auth_handlers.ts";
export { assertMember } from "./session/guard.ts";
export {
  SessionError,
  type SessionErrorCode,
} from "./session/session_error.ts";
export type { MemberProfile } from "./session/session.ts";
export type {
  MemberSession,
  Session,
  SessionTimes,
  VisitorSession,
} from "./session/session_view.ts";
export type { MountableApp, Wix, WixOptions } from "./wix.ts";
export {
  type FieldViolation,
  fieldViolations,
} from "./wix/field_violations.ts";
export type { ImageUrl } from "./wix/media.ts";
export type { Shared, SharedDataOptions } from "./wix/shared_data.ts";
