import { fresh } from "@fresh/plugin-vite";
import { defineConfig } from "vite";
import { excerpts } from "./tools/vite_excerpts.ts";
import { wixPackages } from "./tools/vite_wix_packages.ts";

export default defineConfig({
  plugins: [wixPackages(), excerpts(), fresh()],
});
