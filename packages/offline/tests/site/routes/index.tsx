export default function Index() {
  return <h1>index</h1>;
}
