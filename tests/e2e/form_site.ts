/** A shop's site on a server of its own, with forms as such sites have them. */

export interface FormSite extends AsyncDisposable {
  /** On `localhost`, while Parley is on `127.0.0.1`: another site, not only another port. */
  readonly url: string;
  /** What the site's own forms posted to it. */
  readonly received: readonly string[];
}

/** A page of the site. */
export interface SitePage {
  readonly html: string;
  /** Content-Security-Policy; absent: none. */
  readonly csp?: string;
}

/** @param pages by path, such as `/contact`. `POST /own` is the site's own: it leads on to `/done` at once. */
export function serveFormSite(pages: Readonly<Record<string, SitePage>>): FormSite {
  const received: string[] = [];
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    async (request) => {
      const { pathname } = new URL(request.url);
      if (request.method === "POST") {
        received.push(await request.text());
        return new Response(null, { status: 303, headers: { location: "/done" } });
      }
      const page = pages[pathname] ?? { html: "<h1>Done</h1>" };
      return new Response(
        `<!doctype html><html lang="en"><meta charset="utf-8"><title>Veloce${pathname}</title>
<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">${page.html}</html>`,
        {
          headers: {
            "content-type": "text/html; charset=utf-8",
            ...page.csp === undefined ? {} : { "content-security-policy": page.csp },
          },
        },
      );
    },
  );
  return {
    url: `http://localhost:${server.addr.port}`,
    received,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}
