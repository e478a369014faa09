import { define } from "@/lib/define.ts";

/** In place of the Wix client's step: nobody can call Wix. */
export const wixClient = define.middleware((ctx) => ctx.next());
