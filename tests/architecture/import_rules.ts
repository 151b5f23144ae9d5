/** "Imports go one way", as data: what each part of the tree may import of the others. */
import type { Import } from "./module_graph.ts";

/** Shared by all: plain data and types, small enough for the browser. */
const SHARED = ["core/model/", "core/result.ts"];

interface Part {
  /** Files whose path begins so; the first part that matches is the file's. */
  readonly path: string;
  /** Files (exact) and folders (ending in a slash) it may import beside its own. */
  readonly mayImport: readonly string[];
  /** Of bare imports, which are refused. */
  readonly refuses?: RegExp;
  /** Its own files may not import each other freely: each sub-folder is a part of its own. */
  readonly isSplit?: true;
}

const WEB = /^npm:(hono|hono-openapi|@hono\/.*|vite)$|^fresh\//;
/** What opens files, sockets or processes, or knows the time. */
const SYSTEM =
  /^node:(?!(assert|assert\/strict|buffer|crypto|punycode|stream|string_decoder|util|url)$)/;

const PARTS: readonly Part[] = [
  { path: "core/", mayImport: [], refuses: WEB },
  {
    path: "adapters/mod.ts",
    mayImport: ["adapters/", "core/channel/mod.ts"],
  },
  {
    path: "adapters/",
    mayImport: ["core/channel/mod.ts"],
    refuses: new RegExp(`${WEB.source}|${SYSTEM.source}`),
    isSplit: true,
  },
  {
    path: "islands/",
    mayImport: [...SHARED, "fresh/core/runtime.ts"],
    refuses: /^npm:(hono|hono-openapi|@hono\/.*|vite|zod|nodemailer|sanitize-html)$|^node:/,
  },
  {
    path: "routes/",
    mayImport: ["core/mod.ts", "islands/", ...SHARED, "fresh/core/mod.ts", "fresh/core/runtime.ts"],
    refuses: /^npm:vite$/,
  },
  {
    path: "main.ts",
    mayImport: [
      "routes/",
      "adapters/",
      "core/mod.ts",
      "core/platform/mod.ts",
      "core/slot.ts",
      ...SHARED,
      "fresh/core/mod.ts",
    ],
  },
  {
    path: "worker.ts",
    mayImport: ["adapters/mod.ts", "core/platform/mod.ts", "core/side_work/mod.ts"],
  },
  { path: "serve.ts", mayImport: [] },
  { path: "client.ts", mayImport: ["islands/"] },
  { path: "fresh/", mayImport: [] },
];

/** Types leave nothing behind: `serve.ts` may name what it meets in the slot. */
const TYPE_ONLY: Readonly<Record<string, readonly string[]>> = {
  "serve.ts": ["core/slot.ts", "core/result.ts"],
};

/**
 * One line for each import that goes the wrong way.
 * @param sources every code file of the tree, to know which folders have a `mod.ts`.
 */
export function findWrongImports(
  imports: readonly Import[],
  sources: readonly string[],
): string[] {
  const existing = new Set(sources);
  return imports.filter(({ from }) => !isTest(from)).flatMap((one) => {
    const reason = refuse(one) ?? refuseInner(one, existing);
    return reason ? [`${one.from} imports ${one.to}: ${reason}`] : [];
  });
}

function refuse({ from, to, isTypeOnly }: Import): string | null {
  const part = PARTS.find(({ path }) => from.startsWith(path));
  if (!part) return null;
  if (/^(npm|node|jsr|https?):/.test(to)) {
    return part.refuses?.test(to) ? `not in ${part.path}` : null;
  }
  if (part.refuses?.test(to)) return `not in ${part.path}`;
  if (isTypeOnly && TYPE_ONLY[from]?.includes(to)) return null;
  const own = part.isSplit ? from.split("/").slice(0, 2).join("/") + "/" : part.path;
  const isAllowed = [own, ...part.mayImport].some((path) =>
    path.endsWith("/") ? to.startsWith(path) : to === path
  );
  return isAllowed ? null : `${part.path} may not`;
}

/** `mod.ts` is the door of a folder of the core, from inside the core too; the model has no door. */
function refuseInner({ from, to }: Import, existing: ReadonlySet<string>): string | null {
  const [, folder] = /^core\/([^/]+)\//.exec(to) ?? [];
  if (!folder || folder === "model" || !from.startsWith("core/")) return null;
  const door = `core/${folder}/mod.ts`;
  if (from.startsWith(`core/${folder}/`) || to === door || !existing.has(door)) return null;
  return `take it from ${door}`;
}

function isTest(path: string): boolean {
  return /_test\.tsx?$/.test(path) || path.includes("/fixtures/") ||
    path.endsWith("/conformance.ts") ||
    /^(tests|\.tasks)\//.test(path);
}
