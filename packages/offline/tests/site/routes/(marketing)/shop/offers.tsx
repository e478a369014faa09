export default function Offers() {
  return <h1>offers</h1>;
}
