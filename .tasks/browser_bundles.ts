/**
 * A Vite plugin for browser code that is neither an island nor part of a page: the widget's loader,
 * the widget's frame. Each entry becomes one classic script (IIFE) without imports, and one style
 * sheet if it imports CSS. They take the place of what `routes/(_shared)/browser_bundles.ts`
 * exports, so routes get them by a plain import, in development and built, without reading a file.
 */
import { createHash } from "node:crypto";
import { build, type Plugin, type Rollup } from "vite";
import { dropUnusedProperties } from "./drop_unused_properties.ts";
import { dropUnusedRules } from "./drop_unused_rules.ts";
import type { BrowserBundle } from "../routes/(_shared)/browser_bundles.ts";

/** What the classes of the widget's sheet begin with. */
const WIDGET_CLASSES = "pw-";
const MODULE = "/routes/(_shared)/browser_bundles.ts";

/** @param entries source file below the project's root by name of the script, ending in `.js`. */
export function browserBundles(entries: Readonly<Record<string, string>>): Plugin {
  let root = "";
  let mode = "production";
  return {
    name: "browser-bundles",
    enforce: "pre",
    configResolved(config) {
      root = config.root;
      mode = config.mode;
    },
    async load(id) {
      if (id !== root + MODULE) return;
      const bundles: Record<string, BrowserBundle> = {};
      for (const [name, source] of Object.entries(entries)) {
        const { files, sources } = await bundle({ root, mode, name, source });
        for (const [file, body] of Object.entries(files)) bundles[file] = describe(file, body);
        // In development, a change to one of them loads this module again.
        sources.forEach((path) => this.addWatchFile(path));
      }
      return `export const browserBundles = ${JSON.stringify(bundles)};`;
    },
  };
}

interface Entry {
  readonly root: string;
  readonly mode: string;
  readonly name: string;
  readonly source: string;
}

async function bundle({ root, mode, name, source }: Entry) {
  const built = await build({
    configFile: false,
    root,
    mode,
    logLevel: "warn",
    publicDir: false,
    esbuild: { jsx: "automatic", jsxImportSource: "preact" },
    resolve: { alias: { "@/": `${root}/` } },
    define: { "process.env.NODE_ENV": JSON.stringify(mode) },
    build: {
      write: false,
      modulePreload: false,
      cssCodeSplit: false,
      target: "es2022",
      rollupOptions: {
        input: `${root}/${source}`,
        output: { format: "iife", entryFileNames: name, inlineDynamicImports: true },
      },
    },
  });
  // Neither a watcher nor several outputs: one output was asked for above.
  const { output } = (Array.isArray(built) ? built[0] : built) as Rollup.RollupOutput;
  const files: Record<string, string> = {};
  const sources: string[] = [];
  for (const file of output) {
    if (file.type === "chunk") {
      files[file.fileName] = file.code;
      sources.push(...file.moduleIds.filter((id) => id.startsWith("/")));
    } else if (file.fileName.endsWith(".css")) {
      files[name.replace(/\.js$/, ".css")] = String(file.source);
    } else {
      throw new Error(
        `Cannot bundle ${source}: it emits ${file.fileName}; put the file into static/`,
      );
    }
  }
  const sheet = name.replace(/\.js$/, ".css");
  const css = files[sheet];
  if (css !== undefined) {
    files[sheet] = dropUnusedProperties(dropUnusedRules(css, files[name] ?? "", WIDGET_CLASSES));
  }
  return { files, sources };
}

function describe(file: string, body: string): BrowserBundle {
  const digest = (algorithm: string) => createHash(algorithm).update(body);
  return {
    body,
    contentType: file.endsWith(".css")
      ? "text/css; charset=utf-8"
      : "text/javascript; charset=utf-8",
    hash: digest("sha256").digest("hex").slice(0, 16),
    integrity: `sha384-${digest("sha384").digest("base64")}`,
  };
}
