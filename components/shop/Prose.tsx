/** Text of the shop's owner. `html` comes from `sanitizeHtml()`. */
export function Prose({ html }: { html: string }) {
  // deno-lint-ignore react-no-danger -- made of a few elements without attributes
  return <div dangerouslySetInnerHTML={{ __html: html }} />;
}
