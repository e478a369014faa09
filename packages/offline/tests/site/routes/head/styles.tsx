import { Head } from "fresh/runtime";

export default function Page() {
  return (
    <Head>
      <link rel="stylesheet" href="/own.css" />
    </Head>
  );
}
