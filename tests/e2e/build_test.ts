import assert from "node:assert/strict";
import { startServer } from "./start_server.ts";

Deno.test("/widget.js is one classic script without imports, cached by its tag", async () => {
  await using server = await startServer();
  const url = `${server.url}/widget.js`;

  const res = await fetch(url);
  const code = await res.text();
  assert.equal(res.status, 200);
  assert.equal(res.headers.get("content-type"), "text/javascript; charset=utf-8");
  assert.equal(res.headers.get("cache-control"), "public, max-age=300");
  // A function body takes no import or export: this parses only what a classic script may hold.
  new Function(code);

  const etag = res.headers.get("etag") ?? "";
  const again = await fetch(url, { headers: { "if-none-match": etag } });
  assert.equal(again.status, 304);
  assert.equal(await again.text(), "");

  const head = await fetch(url, { method: "HEAD" });
  assert.equal(head.headers.get("content-length"), String(new TextEncoder().encode(code).length));
  assert.equal(await head.text(), "");

  const pinned = await fetch(`${url}?v=${etag.slice(1, -1)}`);
  assert.equal(pinned.headers.get("cache-control"), "public, max-age=31536000, immutable");
  await pinned.body?.cancel();
});

Deno.test("the build serves its assets for ever, and static files until they change", async () => {
  await using server = await startServer();
  const built: string[] = [];
  for await (const { name } of Deno.readDir("_fresh/client/assets")) built.push(name);
  const style = built.find((name) => /^client-.*\.css$/.test(name));
  assert.ok(style, "client.ts has a style sheet");

  const css = await fetch(`${server.url}/assets/${style}`);
  assert.equal(css.headers.get("content-type"), "text/css; charset=utf-8");
  assert.equal(css.headers.get("cache-control"), "public, max-age=31536000, immutable");
  assert.ok((await css.text()).length > 0);
  const icons = await fetch(`${server.url}/icons.svg`);
  assert.equal(icons.headers.get("cache-control"), "no-cache");
  await icons.body?.cancel();
});

Deno.test("shared browser code and components are no islands", async () => {
  const entry = await Deno.readTextFile("_fresh/server/entry.mjs");

  assert.ok(!entry.includes('"/islands/(_client)/'));
  assert.ok(!entry.includes('"/islands/(_components)/'));
});
