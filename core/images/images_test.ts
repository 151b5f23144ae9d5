import assert from "node:assert/strict";
import fc from "fast-check";
import { fakePorts } from "../../tests/fakes/ports.ts";
import { openTestStore } from "../../tests/fakes/store.ts";
import type { Principal } from "../access/mod.ts";
import { readConfig } from "../config/mod.ts";
import { fetchAt } from "../platform/mod.ts";
import { keys, STAGED_MS } from "../store/mod.ts";
import { imagePixels } from "./image_pixels.ts";
import { createRemoteImages } from "./images.ts";
import { MAX_IMAGE_BYTES } from "./fetch_image.ts";
import { shownImageType } from "./shown_image_type.ts";

/** A real one: one red pixel. */
const PNG = Uint8Array.fromBase64(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
);
const AGENT: Principal = { type: "token", id: "tok_1", name: "Nora", role: "agent" };
const PICTURE = "http://pictures.example";

/** A server that answers by path, reached as `pictures.example` on an allowed port, and images that ask it. */
async function openWorld(
  answers: Readonly<Record<string, () => Response | Promise<Response>>>,
  otherPort = 1,
) {
  const asked: { readonly url: string; readonly headers: Readonly<Record<string, string>> }[] = [];
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, (request) => {
    asked.push({ url: request.url, headers: Object.fromEntries(request.headers) });
    return answers[new URL(request.url).pathname]?.() ?? new Response(null, { status: 404 });
  });
  const { port } = server.addr;
  const config = readConfig({
    PARLEY_KV: ":memory:",
    PARLEY_ALLOW_PRIVATE_HOSTS: `pictures.example:${port} pictures.example:${otherPort}`,
  });
  assert(config.ok);
  const ports = fakePorts({
    fetchAt,
    resolve: (host) => Promise.resolve(host === "nowhere.example" ? [] : ["127.0.0.1"]),
  });
  const { store } = await openTestStore({ ports });
  const context = { store, ports, config: config.value, adapters: new Map() };
  const images = createRemoteImages(context);

  async function open(path: string) {
    const url = path.startsWith("http") ? path : `${PICTURE}:${port}${path}`;
    const signed = new URL(await images.sign(url), "http://localhost:8000");
    const signature = signed.searchParams.get("signature") ?? "";
    assert.equal(signed.searchParams.get("url"), url);
    return await images.open(AGENT, url, signature);
  }
  return {
    ...{ asked, images, ports, store, port, open },
    /** The words in place of the image; "shown" for an image. */
    async outcome(path: string) {
      const opened = await open(path);
      if (opened.ok) return "shown";
      return opened.error.code === "unsupported" ? opened.error.message : opened.error.code;
    },
    async [Symbol.asyncDispose]() {
      await server.shutdown();
      store[Symbol.dispose]();
    },
  };
}

const image = (headers: Record<string, string> = {}) => new Response(PNG, { headers });

Deno.test("open() fetches an image once for all who look, and tells its server nothing of them", async () => {
  await using world = await openWorld({
    "/a.png": () => image({ "content-type": "text/html", "set-cookie": "id=1" }),
  });

  const opened = await Promise.all([1, 2, 3].map(() => world.open("/a.png")));
  const again = await world.open("/a.png");

  for (const one of [...opened, again]) {
    assert(one.ok);
    assert.equal(one.value.type, "image/png");
    assert.equal(one.value.size, PNG.length);
    assert.deepEqual(await new Response(one.value.stream()).bytes(), PNG);
  }
  assert.equal(world.asked.length, 1);
  const sent = world.asked[0]!.headers;
  assert.deepEqual(Object.keys(sent).sort(), [
    "accept",
    "accept-encoding",
    "connection",
    "host",
    "user-agent",
  ]);
  assert.equal(sent["user-agent"], "Mozilla/5.0");
});

Deno.test("open() knows only addresses that were signed as they are", async () => {
  await using world = await openWorld({ "/a.png": () => image(), "/b.png": () => image() });
  const signed = new URL(await world.images.sign(`${PICTURE}:${world.port}/a.png`), PICTURE);
  const signature = signed.searchParams.get("signature") ?? "";

  for (const [url, mac] of [["/b.png", signature], ["/a.png", ""], ["/a.png", `${signature}A`]]) {
    const opened = await world.images.open(AGENT, `${PICTURE}:${world.port}${url}`, mac ?? "");
    assert(!opened.ok);
    assert.equal(opened.error.code, "not_found");
  }
  assert.equal(world.asked.length, 0);
});

const REFUSED = "The image's address is not one that may be asked";

Deno.test("open() asks no private address, no other port and nothing that is not the web", async () => {
  await using world = await openWorld({});
  const addresses = [
    "http://inside.example/a.png",
    `http://pictures.example:${world.port + 1}/a.png`,
    `http://127.0.0.1:${world.port}/a.png`,
    "http://[::1]/a.png",
    "http://169.254.169.254/latest/meta-data",
    "http://2130706433/a.png",
    `http://user:pass@pictures.example:${world.port}/a.png`,
    "http://nowhere.example/a.png",
    "ftp://pictures.example/a.png",
    "file:///etc/passwd",
    "not an address",
  ];

  for (const address of addresses) assert.equal(await world.outcome(address), REFUSED, address);

  assert.equal(world.asked.length, 0);
});

Deno.test("open() follows redirects only to where it might have asked itself", async () => {
  const to = (location: string, status = 302) => () =>
    new Response(null, { status, headers: { location } });
  await using world = await openWorld({
    "/a.png": () => image(),
    "/good": to("/a.png", 307),
    "/private": to("http://192.168.1.1/a.png"),
    "/loopback": to("http://localhost/a.png"),
    "/metadata": to("http://169.254.169.254/"),
    "/file": to("file:///etc/passwd"),
    "/loop": to("/loop"),
    "/nowhere": to("http://["),
  });

  assert.equal(await world.outcome("/good"), "shown");
  for (const path of ["/private", "/loopback", "/metadata", "/file"]) {
    assert.equal(await world.outcome(path), REFUSED, path);
  }
  assert.equal(await world.outcome("/loop"), REFUSED);
  assert.equal(world.asked.filter(({ url }) => url.endsWith("/loop")).length, 5);
  assert.equal(await world.outcome("/nowhere"), "The image's server has no such image");
});

Deno.test("open() connects to the address it checked, whatever the name leads to then", async () => {
  let looks = 0;
  const connected: string[] = [];
  const ports = fakePorts({
    // Public when it is checked, private from then on.
    resolve: () => Promise.resolve([looks++ === 0 ? "203.0.114.9" : "127.0.0.1"]),
    fetchAt: (url, { address }) => {
      connected.push(`${url.hostname} ${address}`);
      return Promise.reject(new TypeError("no network"));
    },
  });
  using opened = await openTestStore({ ports });
  const config = readConfig({ PARLEY_KV: ":memory:" });
  assert(config.ok);
  const images = createRemoteImages({
    store: opened.store,
    ports,
    config: config.value,
    adapters: new Map(),
  });
  const url = "http://rebinding.example/a.png";
  const signed = new URL(await images.sign(url), "http://localhost");

  await images.open(AGENT, url, signed.searchParams.get("signature") ?? "");

  assert.deepEqual(connected, ["rebinding.example 203.0.114.9"]);
  assert.equal(looks, 1);
});

/** Claims to be 60,000 pixels wide and high. */
const BOMB = new Uint8Array(PNG);
new DataView(BOMB.buffer).setUint32(16, 60_000);
new DataView(BOMB.buffer).setUint32(20, 60_000);

function endless(): Response {
  const piece = new Uint8Array(65_536);
  let sent = 0;
  return new Response(
    new ReadableStream({
      pull(controller) {
        controller.enqueue(sent++ === 0 ? PNG : piece);
      },
    }),
  );
}

async function packed(): Promise<Response> {
  const zeros = new Blob([new Uint8Array(20_000_000)]).stream();
  const bytes = await new Response(zeros.pipeThrough(new CompressionStream("gzip"))).bytes();
  return new Response(bytes, { headers: { "content-encoding": "gzip" } });
}

/** Promises a thousand bytes and hangs up after the first. */
function breakingServer() {
  const listener = Deno.listen({ port: 0, hostname: "127.0.0.1" });
  let asked = 0;
  const serve = async () => {
    for await (const connection of listener) {
      asked++;
      await connection.read(new Uint8Array(1_024));
      const head = new TextEncoder().encode("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
      await connection.write(new Uint8Array([...head, ...PNG]));
      connection.close();
    }
  };
  const served = serve().catch(() => {});
  return {
    port: listener.addr.port,
    asked: () => asked,
    [Symbol.dispose]() {
      listener.close();
      void served;
    },
  };
}

const NO_IMAGE = "It is not an image that can be shown";
const TOO_LARGE = "The image is too large to be shown";

Deno.test("open() shows nothing that is no image, packed, endless or a bomb", async () => {
  const svg = '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script/></svg>';
  await using world = await openWorld({
    "/page": () => new Response("<html>", { headers: { "content-type": "image/png" } }),
    "/svg": () => new Response(svg, { headers: { "content-type": "image/svg+xml" } }),
    "/empty": () => new Response(""),
    "/packed": packed,
    "/endless": endless,
    "/long": () => new Response(new Uint8Array(MAX_IMAGE_BYTES + 1)),
    "/bomb": () => new Response(BOMB),
    "/error": () => new Response(PNG, { status: 500 }),
  });

  const outcomes = Object.fromEntries(
    await Promise.all(
      ["page", "svg", "empty", "packed", "endless", "long", "bomb", "error", "gone"].map(
        async (path) => [path, await world.outcome(`/${path}`)] as const,
      ),
    ),
  );

  assert.deepEqual(outcomes, {
    page: NO_IMAGE,
    svg: NO_IMAGE,
    empty: NO_IMAGE,
    packed: NO_IMAGE,
    endless: TOO_LARGE,
    long: TOO_LARGE,
    bomb: TOO_LARGE,
    error: "The image's server has no such image",
    gone: "The image's server has no such image",
  });
});

Deno.test("open() gives up on a server that is slow or breaks off, and asks it again later", async () => {
  const held = Promise.withResolvers<Response>();
  const begun = Promise.withResolvers<void>();
  using breaking = breakingServer();
  await using world = await openWorld({
    "/slow": () => {
      begun.resolve();
      return held.promise;
    },
  }, breaking.port);
  const breaks = `${PICTURE}:${breaking.port}/a.png`;

  const slow = world.outcome("/slow");
  await begun.promise;
  world.ports.clock.advance(10_000);

  assert.equal(await slow, "The image's server took too long");
  held.resolve(image());
  assert.equal(await world.outcome(breaks), "The image's server did not answer");
  assert.equal(await world.outcome(breaks), "The image's server did not answer");
  assert.equal(breaking.asked(), 1, "not at once");
  world.ports.clock.advance(10 * 60_000);
  await world.outcome(breaks);
  assert.equal(breaking.asked(), 2);
});

Deno.test("open() limits how much one person has fetched, not what is there", async () => {
  await using world = await openWorld({ "/a.png": () => image() });

  assert.equal(await world.outcome("/a.png"), "shown");
  for (let n = 0; n < 299; n++) await world.outcome(`http://nowhere.example/${n}`);

  assert.equal(await world.outcome("http://nowhere.example/one-more"), "rate_limited");
  assert.equal(await world.outcome("/a.png"), "shown");
});

Deno.test("sweep() frees images after their day, and an image is fetched anew then", async () => {
  await using world = await openWorld({ "/a.png": () => image() });
  await world.outcome("/a.png");
  const blobs = async () =>
    await Array.fromAsync(world.store.list(keys.stagedBlobs()), ({ value }) => value);

  assert.equal(await world.images.sweep(), 0);
  world.ports.clock.advance(24 * 3_600_000);
  assert.equal(await world.outcome("/a.png"), "shown");
  assert.equal(world.asked.length, 2);
  assert.equal((await blobs()).length, 1, "the old one's is dropped");
  world.ports.clock.advance(STAGED_MS);

  assert.equal(await world.images.sweep(), 1);
  assert.equal(await world.store.blobs.sweep(world.ports.clock.now()), 2);
  assert.equal((await blobs()).length, 0);
});

const bytesOf = (text: string, length = 64) => {
  const bytes = new Uint8Array(length);
  bytes.set(Uint8Array.from(text, (char) => char.charCodeAt(0)));
  return bytes;
};

Deno.test("shownImageType() and imagePixels() read each kind, and nothing beyond its end", () => {
  const jpeg = bytesOf(
    "\xff\xd8\xff\xe0\x00\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xff\xc2\0\x11\x08\x00\x20\x00\x40\x03",
  );
  const gif = bytesOf("GIF89a\x40\0\x20\0");
  const lossy = bytesOf("RIFF\0\0\0\0WEBPVP8 \0\0\0\0\0\0\0\x9d\x01\x2a\x40\0\x20\0");
  const lossless = bytesOf("RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2f\x3f\xc0\x07\0");
  const extended = bytesOf("RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x3f\0\0\x1f\0\0");
  const avif = bytesOf(
    "\0\0\0\x1cftypavif\0\0\0\0avifmif1\0\0\0\x14ispe\0\0\0\0\0\0\0\x40\0\0\0\x20",
  );
  const kinds = { jpeg, gif, webp: lossy, avif };

  for (const [kind, bytes] of Object.entries(kinds)) {
    assert.equal(shownImageType(bytes), `image/${kind}`);
  }
  for (const bytes of [jpeg, gif, lossy, lossless, extended, avif]) {
    assert.equal(imagePixels(bytes, shownImageType(bytes)!), 64 * 32);
    for (let end = 0; end < bytes.length; end++) {
      imagePixels(bytes.subarray(0, end), shownImageType(bytes)!);
    }
  }
  fc.assert(fc.property(fc.uint8Array({ maxLength: 80 }), (tail) => {
    for (const bytes of [jpeg, gif, lossy, avif, PNG]) {
      const type = shownImageType(bytes)!;
      imagePixels(new Uint8Array([...bytes.subarray(0, 16), ...tail]), type);
    }
  }));
  assert.equal(shownImageType(bytesOf("<svg xmlns=")), null);
  assert.equal(shownImageType(new Uint8Array()), null);
});
