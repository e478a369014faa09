const HREFS = [
  "/",
  "/links",
  "/links/",
  "/links?a=1",
  "/links?b=2",
  "/links#part",
  "/other",
  "/lin",
  "/links/deeper",
  "http://localhost/links",
  "relative",
];

/** Links of every kind; `Nav` makes them inside a component. */
export default function Links() {
  return (
    <>
      <Nav />
      <a id="own" href="/links" aria-current="step">own</a>
      <img src="/dot.png" srcset="/dot.png 1x, /dot@2.png 2x" />
      <img id="outside" src="https://example.com/dot.png" />
      <img id="free" src="/dot.png" data-fresh-disable-lock />
      <video>
        <source src="/film.mp4" />
      </video>
    </>
  );
}

function Nav() {
  return (
    <nav>
      {HREFS.map((href) => <a key={href} href={href}>{href}</a>)}
    </nav>
  );
}
