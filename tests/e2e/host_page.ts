/** A shop's page on a server of its own, so that the widget is a guest there. */

export interface HostPage extends AsyncDisposable {
  /** On `localhost`, while Parley is on `127.0.0.1`: another site, not only another port. */
  readonly url: string;
}

/** @param parleyUrl such as `http://127.0.0.1:40123`. */
export function serveHostPage(parleyUrl: string, channelId: string): HostPage {
  const html = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Veloce</title>
<link rel="icon" href="data:,">
<style>
  body { margin: 0; padding: 48px; font: 17px/1.6 Georgia, serif; color: #1c2a24; background: #f7f4ec; }
  /* What sites do: it must not reach the widget. */
  button, iframe { border: 9px solid red; transform: rotate(9deg); }
</style>
<h1>Veloce</h1>
<p>Bicycles from Utrecht, built and looked after since 1974.</p>
<script async src="${parleyUrl}/widget.js" data-channel="${channelId}"></script>
</html>`;
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, () => {
    return new Response(html, { headers: { "content-type": "text/html; charset=utf-8" } });
  });
  return {
    url: `http://localhost:${server.addr.port}/`,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}
