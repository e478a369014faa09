import { HttpError, type PageProps } from "fresh";

export default function ShopError({ error }: PageProps) {
  if (error instanceof HttpError && error.status === 418) throw error;
  return <main data-page="shop error">{String(error)}</main>;
}
