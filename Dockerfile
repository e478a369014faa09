# Builds the app and serves it with least-privilege permissions: its own files, its
# settings, and Wix's two hosts. tests/deploy/ checks this file.
FROM denoland/deno:2.9.6 AS build
WORKDIR /app
# Packages first: this layer is cached until they change.
COPY deno.json deno.lock ./
COPY packages/fresh-wix/deno.json packages/fresh-wix/
COPY packages/local-wix/deno.json packages/local-wix/
RUN deno install
COPY . .
RUN deno task build --jsr

# The build output contains all code that the app runs: the image has Deno and no
# shell, package manager or other program.
FROM denoland/deno:distroless-2.9.6
WORKDIR /app
COPY --from=build /app/_fresh ./_fresh
# Cache for compiled code.
ENV DENO_DIR=/tmp/deno DENO_NO_UPDATE_CHECK=1 DENO_SERVE_AUTOMATIC_COMPRESSION=1
USER nonroot
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=15s \
  CMD ["/bin/deno", "eval", "Deno.exit((await fetch('http://127.0.0.1:8000/healthz')).ok ? 0 : 1)"]
# On SIGTERM, `deno serve` finishes open responses, then exits.
STOPSIGNAL SIGTERM
CMD ["serve", "--quiet", "--no-config", "--host", "0.0.0.0", "--port", "8000", "--allow-read=/app/_fresh", "--allow-env=APP_ORIGIN,DENO_DEPLOY,DENO_DEPLOY_APP_SLUG,DENO_DEPLOY_ORG_SLUG,DENO_TIMELINE,DEVELOPER_HINTS,LOG_FORMAT,SESSION_SECRET,WIX_API_KEY,WIX_API_ORIGIN,WIX_CLIENT_ID,WIX_CLIENT_INSTANCE_ID,WIX_CLIENT_PUBLIC_KEY,WIX_CLIENT_SECRET,WIX_SITE_ID", "--ignore-env", "--allow-net=www.wixapis.com:443,edge.wixapis.com:443", "--no-prompt", "/app/_fresh/server.js"]
