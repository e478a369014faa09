import { page, type PageProps } from "fresh";
import { listMembers } from "../data.ts";

export const handler = {
  GET: async () => page(await listMembers()),
};

type Members = Awaited<ReturnType<typeof listMembers>>;

export default ({ data }: PageProps<Members>) => (
  <>
    <h1>Members</h1>
    <ul class="people">
      {data.map(({ id, name, title, image }) => (
        <li key={id}>
          <span class="avatar" aria-hidden="true">
            {name[0]}
            {image && (
              <img src={image} alt="" width="48" height="48" loading="lazy" />
            )}
          </span>
          <div>
            <bdi>{name}</bdi>
            {title && <small>{title}</small>}
          </div>
        </li>
      ))}
    </ul>
  </>
);
