import type { RouteConfig } from "fresh";
import { Head } from "fresh/runtime";

export const config: RouteConfig = { skipAppWrapper: true };

export default function Page() {
  return (
    <>
      <Head>
        <title>alone</title>
      </Head>
      <p>text</p>
    </>
  );
}
