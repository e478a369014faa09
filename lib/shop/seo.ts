/**
 * Metadata of the shop's pages for search engines and link previews.
 *
 * @see https://schema.org/Product
 * @module
 */
import type { Seo } from "@/components/SeoTags.tsx";
import type { CatalogData } from "./catalog.ts";
import type { ProductView } from "./product_views.ts";
import { SITE } from "@/lib/site.ts";

/**
 * Returns the metadata of a product page.
 *
 * @param origin Of the site; empty on a preview, whose URLs are relative.
 */
export function productSeo(product: ProductView, origin: string): Seo {
  const { breadcrumbs, isSoldOut, name, pictures, seo, slug } = product;
  const { alternates, amount, brand, currency, description, image } = seo;
  const canonical = `${origin}/products/${slug}`;
  const offer = amount && currency && {
    offers: {
      "@type": product.price.isLowest ? "AggregateOffer" : "Offer",
      [product.price.isLowest ? "lowPrice" : "price"]: amount,
      priceCurrency: currency,
      availability: `https://schema.org/${
        isSoldOut ? "OutOfStock" : "InStock"
      }`,
      url: canonical,
    },
  };
  return {
    description,
    canonical,
    image,
    alternates,
    type: "product",
    jsonLd: [
      {
        "@context": "https://schema.org",
        "@type": "Product",
        name,
        description,
        url: canonical,
        ...(pictures.length > 0 && { image: pictures.map(({ src }) => src) }),
        ...(brand && { brand: { "@type": "Brand", name: brand } }),
        ...offer,
      },
      breadcrumbList([
        { href: "/shop", text: "Shop" },
        ...breadcrumbs,
        { href: `/products/${slug}`, text: name },
      ], origin),
    ],
  };
}

/** Returns the metadata of a product list; search engines skip filtered ones. */
export function catalogSeo(
  { category, filter, path, products }: CatalogData,
  origin: string,
): Seo {
  const crumbs = [
    { href: "/shop", text: "Shop" },
    ...(category ? [{ href: path, text: category.name }] : []),
  ];
  return {
    description: category?.description || SITE.description,
    canonical: origin + path,
    image: products[0]?.picture?.src,
    jsonLd: [breadcrumbList(crumbs, origin)],
    isUnlisted: Object.keys(filter).length > 0,
  };
}

/** Returns the metadata of the home page. */
export function homeSeo(origin: string, image: string | undefined): Seo {
  return {
    description: SITE.description,
    canonical: `${origin}/`,
    image,
    jsonLd: [{
      "@context": "https://schema.org",
      "@type": "Organization",
      name: SITE.name,
      url: `${origin}/`,
      logo: `${origin}/favicon.svg`,
    }],
  };
}

function breadcrumbList(
  crumbs: ProductView["breadcrumbs"],
  origin: string,
): object {
  return {
    "@context": "https://schema.org",
    "@type": "BreadcrumbList",
    itemListElement: crumbs.map(({ href, text }, index) => ({
      "@type": "ListItem",
      position: index + 1,
      name: text,
      item: origin + href,
    })),
  };
}
