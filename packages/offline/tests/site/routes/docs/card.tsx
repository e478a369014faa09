import "./route.css";
import { Card } from "../../components/Card.tsx";

export default function Page() {
  return <Card />;
}
