import type { VNode } from "preact";
import { renderToString } from "preact-render-to-string";

const CLIENT = new URL("../../../_fresh/client/", import.meta.url);

/** What the pages of the app are sent with: nothing inline runs or styles. */
const CSP = "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'";

const SHEET =
  `.gallery { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(400px, 100%), 1fr)); gap: 20px; margin-top: 20px }
.gallery-part { display: grid; align-content: start; gap: 14px; min-width: 0; padding: 16px 20px 20px; border: 1px solid var(--line); border-radius: 10px; background: var(--surface-pane) }
.gallery-part > h2 { font: var(--type-meta); color: var(--text-3) }
.gallery-part > .menu { max-width: 232px }`;

/** Serves rendered pages with the built style sheet, fonts and icons on a free port. */
export async function serveGallery(pages: Readonly<Record<string, VNode>>) {
  const css: string[] = [];
  for await (const { name } of Deno.readDir(new URL("assets/", CLIENT))) {
    if (/^client-.*\.css$/.test(name)) css.push(`/assets/${name}`);
  }
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    async (request) => {
      const url = new URL(request.url);
      const page = Object.hasOwn(pages, url.pathname) ? pages[url.pathname] : undefined;
      if (page !== undefined) return html(page, css, url.searchParams.get("theme"));
      if (url.pathname === "/gallery.css") return file(new TextEncoder().encode(SHEET), ".css");
      const path = new URL(`.${url.pathname}`, CLIENT);
      const bytes = await Deno.readFile(path).catch(() => null);
      return bytes === null ? new Response(null, { status: 404 }) : file(bytes, url.pathname);
    },
  );
  return {
    origin: `http://127.0.0.1:${server.addr.port}`,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

function html(page: VNode, css: readonly string[], theme: string | null): Response {
  const document = renderToString(
    <html lang="en" data-theme={theme ?? undefined}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Gallery</title>
        <link rel="icon" href="/favicon.svg" />
        {[...css, "/gallery.css"].map((href) => <link key={href} rel="stylesheet" href={href} />)}
      </head>
      <body>{page}</body>
    </html>,
  );
  return new Response(`<!doctype html>${document}`, {
    headers: { "content-type": "text/html; charset=utf-8", "content-security-policy": CSP },
  });
}

const TYPES: Readonly<Record<string, string>> = {
  css: "text/css",
  svg: "image/svg+xml",
  woff2: "font/woff2",
};

function file(bytes: Uint8Array<ArrayBuffer>, path: string): Response {
  const type = TYPES[path.slice(path.lastIndexOf(".") + 1)] ?? "application/octet-stream";
  return new Response(bytes, { headers: { "content-type": type } });
}
