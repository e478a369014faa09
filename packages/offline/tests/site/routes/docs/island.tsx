import Box from "../../islands/Box.tsx";

export default function Page() {
  return <Box />;
}
