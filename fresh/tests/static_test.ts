import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import { App, staticFiles } from "fresh";
import { asset } from "fresh/runtime";
import { setStaticFiles } from "../core/static.ts";
import { answerTo, observe } from "./observe.ts";

const IMMUTABLE = "public, max-age=31536000, immutable";

/** An app over a folder with the files of a build, which is gone after the test. */
async function withFiles(test: (app: App<unknown>) => Promise<void>): Promise<void> {
  const dir = await Deno.makeTempDir();
  await Deno.mkdir(`${dir}/assets`);
  await Deno.writeTextFile(`${dir}/assets/a-1.js`, "js");
  await Deno.writeTextFile(`${dir}/a b.svg`, "<svg>");
  await Deno.writeTextFile(`${dir}/secret`, "not in the list");
  setStaticFiles(pathToFileURL(`${dir}/`), {
    "/assets/a-1.js": [2, "aaaa"],
    "/a b.svg": [5, "bbbb"],
  });
  try {
    await test(new App<unknown>().use(staticFiles()).get("/", () => new Response("page")));
  } finally {
    setStaticFiles(new URL("file:///"), {});
    await Deno.remove(dir, { recursive: true });
  }
}

Deno.test("staticFiles() serves the files of the build with type, size, tag and caching", async () => {
  await withFiles(async (app) => {
    assert.deepEqual(await observe(app, "/assets/a-1.js"), {
      status: 200,
      body: "js",
      type: "text/javascript; charset=utf-8",
      headers: { "cache-control": IMMUTABLE, "content-length": "2", etag: 'W/"aaaa"' },
    });
    assert.deepEqual(await observe(app, "/a%20b.svg"), {
      status: 200,
      body: "<svg>",
      type: "image/svg+xml; charset=utf-8",
      headers: { "cache-control": "no-cache", "content-length": "5", etag: 'W/"bbbb"' },
    });
    const pinned = await observe(app, asset("/a%20b.svg"));
    assert.equal(pinned.headers["cache-control"], IMMUTABLE);
  });
});

Deno.test("staticFiles() answers HEAD without a body and known tags with 304", async () => {
  await withFiles(async (app) => {
    const head = await observe(app, "/assets/a-1.js", { method: "HEAD" });
    assert.equal(head.body, "");
    assert.equal(head.headers["content-length"], "2");
    assert.equal(head.headers["etag"], 'W/"aaaa"');

    const known = { headers: { "if-none-match": '"x", W/"aaaa"' } };
    assert.equal(await answerTo(app, "/assets/a-1.js", known), "304 ");
    const other = { headers: { "if-none-match": '"x"' } };
    assert.equal(await answerTo(app, "/assets/a-1.js", other), "200 js");
  });
});

Deno.test("staticFiles() serves nothing but the listed files", async () => {
  await withFiles(async (app) => {
    assert.equal(await answerTo(app, "/"), "200 page");
    for (const path of ["/secret", "/assets/../secret", "/constructor", "/%", "/%2e%2e/x"]) {
      assert.equal(await answerTo(app, path), "404 Not Found", path);
    }
    assert.equal(
      await answerTo(app, "/assets/a-1.js", { method: "POST" }),
      "405 Method Not Allowed",
    );
  });
});
