export { handler } from "@/routes/healthz.ts";
