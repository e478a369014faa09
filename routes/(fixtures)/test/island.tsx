import MemberCount from "@/islands/fixtures/MemberCount.tsx";
import { define } from "@/lib/define.ts";

/** For tests: an island calls Wix through the gateway. */
export default define.page(() => <MemberCount />);
