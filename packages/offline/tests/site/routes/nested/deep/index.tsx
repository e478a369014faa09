export default function Page() {
  return <h1>nested</h1>;
}
