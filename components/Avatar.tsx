interface AvatarProps {
  name: string;
  image: string | undefined;
}

/** A member's picture, or the first letter of their name. */
export function Avatar({ name, image }: AvatarProps) {
  return (
    <span class="avatar" aria-hidden="true">
      {/* By code point, so that an emoji is not cut in half. */}
      {[...name][0]?.toUpperCase()}
      {image && (
        <img
          src={image}
          alt=""
          width="48"
          height="48"
          loading="lazy"
        />
      )}
    </span>
  );
}
