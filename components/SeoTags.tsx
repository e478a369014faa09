import { SITE } from "@/lib/site.ts";

/** Metadata of a page for search engines and link previews. */
export interface Seo {
  readonly description: string;
  /** The page's canonical URL, with its origin. */
  readonly canonical?: string;
  /** The page in other languages, and the URL of each. */
  readonly alternates?: readonly { hreflang: string; href: string }[];
  /** URL of a picture. */
  readonly image?: string | undefined;
  /** Default `website`. */
  readonly type?: "product" | "website";
  /** Structured data: schema.org objects. */
  readonly jsonLd?: readonly object[];
  /** Whether search engines should omit the page, such as a filtered list. */
  readonly isUnlisted?: boolean;
}

interface SeoTagsProps {
  readonly seo: Seo;
  readonly title: string | undefined;
}

/** The tags of a page's `<head>`, except its title. */
export function SeoTags({ seo, title = SITE.name }: SeoTagsProps) {
  const { canonical, description, image, isUnlisted, jsonLd = [] } = seo;
  return (
    <>
      <meta name="description" content={description} />
      {canonical && <link rel="canonical" href={canonical} />}
      {seo.alternates?.map((alternate) => (
        <link key={alternate.hreflang} rel="alternate" {...alternate} />
      ))}
      {isUnlisted && <meta name="robots" content="noindex, follow" />}
      <meta property="og:type" content={seo.type ?? "website"} />
      <meta property="og:site_name" content={SITE.name} />
      <meta property="og:title" content={title} />
      <meta property="og:description" content={description} />
      {canonical && <meta property="og:url" content={canonical} />}
      {image && <meta property="og:image" content={image} />}
      {image && <meta name="twitter:card" content="summary_large_image" />}
      {jsonLd.map((data, index) => (
        <script
          key={index}
          type="application/ld+json"
          // deno-lint-ignore react-no-danger -- data, and without a "<"
          dangerouslySetInnerHTML={{ __html: scriptJson(data) }}
        />
      ))}
    </>
  );
}

/** JSON that cannot end the script around it. */
function scriptJson(data: object): string {
  return JSON.stringify(data).replaceAll("<", "\\u003c");
}
