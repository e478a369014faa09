export const handler = { GET: () => new Response("get") };
