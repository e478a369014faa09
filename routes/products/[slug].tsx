import { HttpError, page } from "fresh";
import { readForm } from "@fresh-wix/core";
import { PageHeading } from "@/components/PageHeading.tsx";
import { readChoices } from "@/components/shop/choose_variant.ts";
import { Gallery } from "@/components/shop/Gallery.tsx";
import ProductForm from "@/islands/ProductForm.tsx";
import { define } from "@/lib/define.ts";
import { addToCart } from "@/lib/shop/cart.ts";
import { productTags } from "@/lib/shop/cdn.ts";
import { setCartCount } from "@/lib/shop/cookies.ts";
import { findProduct } from "@/lib/shop/catalog.ts";
import { readProductForm } from "@/lib/shop/product_form.ts";
import { productSeo } from "@/lib/shop/seo.ts";
import { wix } from "@/lib/wix.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const product = await requireProduct(ctx.params.slug);
    const { seo } = product;
    ctx.state.title = seo.title;
    ctx.state.seo = productSeo(product, wix.appOrigin ?? "");
    ctx.state.cacheTags = productTags(product);
    const chosen = readChoices(product, ctx.url.searchParams);
    return page({ product, chosen, values: {}, problems: {} });
  },

  /** Adds the product to the cart. */
  async POST(ctx) {
    const product = await requireProduct(ctx.params.slug);
    const chosen = readChoices(product, ctx.url.searchParams);
    const form = await readForm(ctx.req);
    const { line, values, ...sent } = readProductForm(product, chosen, form);
    let { problems } = sent;
    if (line !== undefined) {
      const { count, problem } = await addToCart([line]);
      setCartCount(ctx, count);
      // If Wix added fewer, the cart shows it.
      if (problem === undefined || problem.about !== undefined) {
        return ctx.redirect("/cart", 303);
      }
      problems = { quantity: problem.text };
    }
    ctx.state.title = `Error: ${product.name}`;
    return page({ product, chosen, values, problems }, { status: 422 });
  },
});

async function requireProduct(slug = "") {
  const product = await findProduct(slug);
  if (product === undefined) throw new HttpError(404);
  return product;
}

export default define.page<typeof handler>(({ data: { product, ...form } }) => {
  const { modifiers, options, price, variants } = product;
  return (
    <>
      <PageHeading
        title={product.name}
        breadcrumbs={[{ href: "/shop", text: "Shop" }, ...product.breadcrumbs]}
      />
      <div class="product-page">
        <Gallery pictures={product.pictures} />
        <div>
          <ProductForm
            product={{ modifiers, options, price, variants }}
            {...form}
          />
          <Prose html={product.description} />
          {product.sections.map(({ title, html }) => (
            <details class="fold" key={title}>
              <summary>{title}</summary>
              <Prose html={html} />
            </details>
          ))}
        </div>
      </div>
    </>
  );
});

/** Text of the shop's owner. `html` comes from `sanitizeHtml()`. */
function Prose({ html }: { html: string }) {
  // deno-lint-ignore react-no-danger -- made of a few elements without attributes
  return <div dangerouslySetInnerHTML={{ __html: html }} />;
}
