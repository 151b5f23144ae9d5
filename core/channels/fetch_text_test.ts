import assert from "node:assert/strict";
import { fakePorts, fetchAtBy } from "../../tests/fakes/ports.ts";
import { until } from "../../tests/e2e/until.ts";
import { fetchAt } from "../platform/mod.ts";
import { fetchText, type TextFetcher } from "./fetch_text.ts";

interface Site extends AsyncDisposable {
  readonly origin: string;
  readonly asked: string[];
}

/** A real server on this machine. */
function openSite(answer: (url: URL, request: Request) => Response | Promise<Response>): Site {
  const asked: string[] = [];
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, (request) => {
    const url = new URL(request.url);
    asked.push(url.pathname);
    return answer(url, request);
  });
  return {
    origin: `http://127.0.0.1:${server.addr.port}`,
    asked,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

function fetcher(more: Partial<TextFetcher> = {}) {
  const ports = fakePorts();
  return { ...ports, fetchAt, allowPrivateHosts: "all" as const, ...more };
}

function get(ports: TextFetcher, url: string, signal = new AbortController().signal) {
  return fetchText(ports, url, signal);
}

Deno.test("fetchText() gives the text of a page", async () => {
  await using site = openSite(() => new Response("<a>ü</a>"));

  assert.equal(await get(fetcher(), `${site.origin}/x`), "<a>ü</a>");
});

Deno.test("fetchText() follows three redirects and no more", async () => {
  await using site = openSite((url) => {
    const left = Number(url.pathname.slice(1));
    return left === 0
      ? new Response("here")
      : new Response(null, { status: 302, headers: { location: `/${left - 1}` } });
  });

  assert.equal(await get(fetcher(), `${site.origin}/3`), "here");
  assert.equal(await get(fetcher(), `${site.origin}/4`), null);
});

Deno.test("fetchText() reaches no private host, also not by a redirect", async () => {
  await using secret = openSite(() => new Response("secret"));
  const redirect: typeof fetch = (input) =>
    Promise.resolve(
      String(input) === "https://open.example/"
        ? new Response(null, { status: 302, headers: { location: "https://inner.example/" } })
        : new Response("secret"),
    );
  const resolve = (host: string) =>
    Promise.resolve(host === "open.example" ? ["203.0.113.7", "8.8.8.8"] : ["8.8.8.8", "10.0.0.1"]);
  const ports = fetcher({ allowPrivateHosts: "off" });

  assert.equal(await get(ports, secret.origin), null);
  assert.equal(await get(ports, secret.origin.replace("127.0.0.1", "[::ffff:127.0.0.1]")), null);
  assert.deepEqual(secret.asked, []);
  const guarded = { ...ports, fetchAt: fetchAtBy(redirect), resolve };
  assert.equal(await get(guarded, "https://open.example/"), null);
  assert.equal(
    await get({ ...guarded, resolve: () => Promise.resolve(["8.8.8.8"]) }, "https://open.example/"),
    "secret",
  );
});

Deno.test("fetchText() leaves encryption to no redirect, and takes no other address than of a page", async () => {
  const down: typeof fetch = (input) =>
    Promise.resolve(
      String(input).startsWith("https:")
        ? new Response(null, { status: 301, headers: { location: "http://plain.example/" } })
        : new Response("plain"),
    );
  const ports = fetcher({ fetchAt: fetchAtBy(down) });

  assert.equal(await get(ports, "https://open.example/"), null);
  assert.equal(await get(ports, "http://plain.example/"), "plain");
  assert.equal(await get(ports, "http://user:word@plain.example/"), null);
  assert.equal(await get(ports, "file:///etc/hostname"), null);
});

Deno.test("fetchText() gives up what is too long, without reading it to its end", async () => {
  let pieces = 0;
  await using site = openSite(() =>
    new Response(
      new ReadableStream({
        pull(controller) {
          controller.enqueue(new Uint8Array(64 * 1024).fill(97));
          if (++pieces > 1_000) controller.close();
        },
      }),
    )
  );

  assert.equal(await get(fetcher(), site.origin), null);
  assert.ok(pieces < 500, `${pieces} pieces were read`);
});

Deno.test("fetchText() gives up a host that says nothing, and one that never ends, after five seconds", async () => {
  const hanging = Promise.withResolvers<Response>();
  await using site = openSite((url) =>
    url.pathname === "/silent" ? hanging.promise : new Response(
      new ReadableStream({
        start: (controller) => controller.enqueue(new TextEncoder().encode("<a>")),
      }),
    )
  );
  for (const path of ["/silent", "/trickle"]) {
    const ports = fakePorts();
    const text = get({ ...ports, fetchAt, allowPrivateHosts: "all" }, site.origin + path);
    await until(() => site.asked.includes(path), { what: "the page is asked for" });
    ports.clock.advance(4_999);
    ports.clock.advance(1);

    assert.equal(await text, null);
  }
  hanging.resolve(new Response());
});

for (
  const [what, response] of [
    ["a page that is not there", () => new Response("no", { status: 404 })],
    ["a redirect to nowhere", () => new Response(null, { status: 302 })],
    ["bytes that are no UTF-8", () => new Response(new Uint8Array([0xff, 0xfe, 0x41]))],
  ] as const
) {
  Deno.test(`fetchText() has no text of ${what}`, async () => {
    await using site = openSite(response);

    assert.equal(await get(fetcher(), site.origin), null);
  });
}

Deno.test("fetchText() has no text of a connection that breaks", async () => {
  const body = new ReadableStream({ pull: (controller) => controller.error(new Error("broken")) });
  const ports = fetcher({ fetchAt: fetchAtBy(() => Promise.resolve(new Response(body))) });

  assert.equal(await get(ports, "http://127.0.0.1/"), null);
});
