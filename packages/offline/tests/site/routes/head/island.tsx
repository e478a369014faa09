import Titled from "../../islands/Titled.tsx";

export default function Page() {
  return <Titled />;
}
