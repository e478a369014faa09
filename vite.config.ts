import { wix } from "@fresh-wix/core/vite";
import { fresh } from "@fresh/plugin-vite";
import { defineConfig } from "vite";
import { CLIENT_CODE } from "./tools/client_code.ts";
import { excerpts } from "./tools/vite_excerpts.ts";

export default defineConfig({
  // Pages reload when a watched file changes; local Wix stores its data in `.local/`.
  server: { watch: { ignored: ["**/.local/**", "**/_fresh/**"] } },
  plugins: [wix({ clientCode: CLIENT_CODE }), excerpts(), fresh()],
});
