/** `GET /robots.txt`: nothing on a developer's machine is for crawlers. */
export function robots(): Response {
  return new Response("User-agent: *\nDisallow: /\n");
}
