import { Head } from "fresh/runtime";

export default function Page() {
  return (
    <>
      <Head>
        <title>first</title>
      </Head>
      <Head>
        <title>last</title>
      </Head>
    </>
  );
}
