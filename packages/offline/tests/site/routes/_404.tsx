import { page } from "fresh";

export const handler = () => page(undefined, { status: 404 });

export default function NotFound() {
  return <main data-page="404">not here</main>;
}
