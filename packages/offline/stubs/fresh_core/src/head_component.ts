import { type ComponentChildren, toChildArray } from "preact";
import { useEffect } from "preact/hooks";

/** Props of {@linkcode Head}. */
export interface HeadProps {
  children?: ComponentChildren;
}

/**
 * Puts elements into the document's head: on the server all of them, as
 * rendering moves them there. In browsers a title follows its island.
 */
export function Head({ children }: HeadProps): ComponentChildren {
  const [title] = toChildArray(children).flatMap((child) =>
    typeof child === "object" && child.type === "title"
      ? [toChildArray(child.props.children).join("")]
      : []
  );
  useEffect(() => {
    if (title !== undefined) document.title = title;
  }, [title]);
  return null;
}
