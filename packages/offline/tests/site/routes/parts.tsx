import Hidden from "./(_islands)/Hidden.tsx";
import Part from "./(_parts)/Part.tsx";

export default function Parts() {
  return (
    <>
      <Part />
      <Hidden />
    </>
  );
}
