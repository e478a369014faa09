import { Head } from "fresh/runtime";

export default function Page() {
  return (
    <main>
      <Head>
        <title>of the page & more</title>
        <meta name="description" content="of the page" />
        <meta property="og:title" content="new" />
        <style>{"p{}"}</style>
      </Head>
      <p>text</p>
      <Later />
    </main>
  );
}

function Later() {
  return (
    <Head>
      <meta key="k" name="a" content="1" />
      <meta key="k" name="a" content="2" />
      <link rel="preconnect" key="c" href="https://c.example" />
      <link rel="preconnect" key="d" href="https://d.example" />
      <script type="application/ld+json">{`{"a":"</b>"}`}</script>
    </Head>
  );
}
