import { fresh } from "@fresh/plugin-vite";
import { defineConfig } from "vite";
import { devShield } from "./tools/vite_dev_shield.ts";
import { excerpts } from "./tools/vite_excerpts.ts";
import { wixPackages } from "./tools/vite_wix_packages.ts";

export default defineConfig({
  plugins: [devShield(), wixPackages(), excerpts(), fresh()],
});
