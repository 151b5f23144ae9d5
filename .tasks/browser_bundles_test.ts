import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { browserBundles } from "./browser_bundles.ts";
import type { BrowserBundle } from "../routes/(_shared)/browser_bundles.ts";

/** What the plugin makes of `files`, with `entry.tsx` as the one entry. */
async function bundle(files: Readonly<Record<string, string>>) {
  const root = await Deno.makeTempDir();
  const watched: string[] = [];
  try {
    for (const [name, text] of Object.entries(files)) {
      await Deno.writeTextFile(`${root}/${name}`, text);
    }
    // Vite calls these hooks with more than they use.
    const plugin = browserBundles({ "entry.js": "entry.tsx" }) as unknown as {
      configResolved(config: { root: string; mode: string }): void;
      load(this: { addWatchFile(path: string): void }, id: string): Promise<string | undefined>;
    };
    plugin.configResolved({ root, mode: "production" });
    const load = (path: string) =>
      plugin.load.call({ addWatchFile: (file) => void watched.push(file) }, root + path);
    assert.equal(await load("/routes/other.ts"), undefined);
    const code = await load("/routes/(_shared)/browser_bundles.ts") ?? "";
    const json = code.replace("export const browserBundles = ", "").replace(/;$/, "");
    const bundles: Record<string, BrowserBundle> = JSON.parse(json);
    return { bundles, watched: watched.map((file) => file.slice(root.length + 1)) };
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

Deno.test({
  name: "browserBundles() gives one script and one sheet with their hashes",
  // Vite's esbuild stays for the next build.
  sanitizeOps: false,
  sanitizeResources: false,
  async fn() {
    const { bundles, watched } = await bundle({
      "entry.tsx": `import "./a.css"; import { text } from "./part.ts";
        void import("./late.ts").then(({ late }) => document.title = text + late);`,
      "part.ts": `export const text: string = "from a part";`,
      "late.ts": `export const late = "late";`,
      "a.css": `.a { color: red }`,
    });

    assert.deepEqual(Object.keys(bundles).sort(), ["entry.css", "entry.js"]);
    const { body = "", contentType, hash, integrity } = bundles["entry.js"] ?? {};
    assert.match(body, /from a part/);
    assert.match(body, /late/);
    new Function(body);
    assert.equal(contentType, "text/javascript; charset=utf-8");
    const digest = createHash("sha384").update(body).digest("base64");
    assert.equal(integrity, `sha384-${digest}`);
    assert.match(hash ?? "", /^[0-9a-f]{16}$/);
    assert.match(bundles["entry.css"]?.body ?? "", /\.a\{color:red\}/);
    assert.ok(watched.includes("part.ts") && watched.includes("a.css"), watched.join());
  },
});
