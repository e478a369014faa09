// Wires the engine from the settings.

import { mount } from "./app.ts";
import { readConfig } from "./config/read_config.ts";
import { createErrorBoundary } from "./errors/error_boundary.ts";
import { createReport } from "./errors/report.ts";
import { createGateway } from "./gateway/gateway.ts";
import { cookieScope } from "./http/cookies.ts";
import { missingFile } from "./http/responses.ts";
import { createRequestGuard, requestGuardStep } from "./http/request_guard.ts";
import { createAuthHandlers } from "./oauth/auth_handlers.ts";
import { createTokenEndpoint } from "./oauth/token_endpoint.ts";
import { createTransactionStore } from "./oauth/transaction.ts";
import { requestLog } from "./observe/request_log.ts";
import { getRecord, getSession } from "./request_record.ts";
import { contentSecurityPolicy, securityHeaders } from "./security/headers.ts";
import { resourceIsolation } from "./security/resource_isolation.ts";
import { assertBadge, requireBadge, requireMember } from "./session/guard.ts";
import { createSeal } from "./session/seal.ts";
import { memberProfile } from "./session/session.ts";
import { createSessionStep, wixClient } from "./session/session_step.ts";
import { createSessionStore } from "./session/session_store.ts";
import type { Wix, WixOptions } from "./wix.ts";
import { createImageUrl } from "./wix/media.ts";
import { currentContext, runShared } from "./wix/request_context.ts";
import {
  callerFetch,
  createTokenSource,
  installSdkClients,
} from "./wix/sdk_clients.ts";
import { createShared } from "./wix/shared_data.ts";
import { createWixFetch } from "./wix/wix_fetch.ts";

/**
 * Returns the engine of an app, and makes every `@wix/*` SDK module work in its
 * handlers, pages and steps as the current user. Call it once per process: the
 * SDK has one place for its clients.
 * @throws {ConfigError} when a setting is missing or wrong.
 */
export function createWix(options: WixOptions = {}): Wix {
  const config = readConfig(options.env);
  const { appOrigin, clientId, elevated, wixApiOrigin } = config;
  const cookieOptions = { ...config, seal: createSeal(config) };
  const now = () => Math.floor(Date.now() / 1000);
  const report = createReport(options.onError);

  const wixFetch = createWixFetch({
    wixApiOrigin,
    onCall: (call) => currentContext()?.calls.push(call),
  });
  const tokenEndpoint = createTokenEndpoint({ clientId, wixFetch, now });
  const grants = { tokenEndpoint, now };
  installSdkClients({
    wixFetch,
    elevated,
    appTokens: createTokenSource(async () => {
      if (elevated?.kind !== "app") {
        throw new TypeError("Cannot elevate: there is no client secret");
      }
      return await tokenEndpoint.clientCredentials(elevated);
    }, now),
  });
  const fetchAsUser = callerFetch(wixFetch);

  const gateway = createGateway({
    ...config,
    calls: options.gateway ?? [],
    send: fetchAsUser,
  });
  const refuse = createRequestGuard(appOrigin);

  const wix: Wix = {
    appOrigin,
    requestGuard: requestGuardStep(refuse),
    requestLog: requestLog(config),
    missingFile,
    securityHeaders: securityHeaders(config),
    contentSecurityPolicy: contentSecurityPolicy(
      config,
      options.contentSecurityPolicy,
    ),
    resourceIsolation: resourceIsolation(config),
    session: createSessionStep(createSessionStore(cookieOptions), grants),
    client: wixClient,
    errorBoundary: createErrorBoundary({ ...options, ...config, report }),
    ...createAuthHandlers({
      ...options,
      config,
      tokenEndpoint,
      transactions: createTransactionStore(cookieOptions),
      report,
      now,
    }),
    gateway: (ctx) => gateway(ctx.req, (failure) => report(ctx, failure)),
    requireMember: () => requireMember,
    requireBadge,
    assertBadge,
    // No refresh: one that Wix refuses would be refused until the process ends.
    shared: createShared(
      createTokenSource(() => runShared(tokenEndpoint.anonymous), now),
    ),
    fetch: fetchAsUser,
    refuse,
    endSession: (ctx) => getSession(ctx).logOut(),
    setMember(ctx, member) {
      const profile = memberProfile(member);
      if (profile !== undefined) getSession(ctx).setMember(profile);
    },
    report,
    cookies: (ctx) => getRecord(ctx).jar,
    cookieScope: cookieScope(config.secureCookies),
    imageUrl: createImageUrl(wixApiOrigin),
    mount: (app) => mount(app, wix),
  };
  return wix;
}
