interface PortraitProps {
  name: string;
  image: string | undefined;
}

/** A member's picture, or the first letter of their name. */
export function Portrait({ name, image }: PortraitProps) {
  return (
    <span class="avatar" aria-hidden="true">
      {/* By code point: half of an emoji is no letter. */}
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
