/** Who imports whom, as Deno itself resolves it. */
import { pathToFileURL } from "node:url";

/** One import. Paths are relative to the project's root, with slashes. */
export interface Import {
  readonly from: string;
  /** A path of the project, or a bare name such as `npm:zod` or `node:fs`. */
  readonly to: string;
  /** Only types are imported: nothing is left of it at run time. */
  readonly isTypeOnly: boolean;
}

/** What this file reads of `deno info --json`. */
interface Info {
  readonly modules: readonly {
    readonly specifier: string;
    readonly error?: string;
    readonly dependencies?: readonly {
      readonly code?: Resolved;
      readonly type?: Resolved;
    }[];
  }[];
}
interface Resolved {
  readonly specifier?: string;
  readonly error?: string;
}

/** The code files below `root`, without what is installed, built or data. */
export async function listSources(root: string): Promise<string[]> {
  const skipped = new Set(["node_modules", "_fresh", "data", ".git", ".vite"]);
  const found: string[] = [];
  const walk = async (dir: string) => {
    for await (const { name, isDirectory } of Deno.readDir(`${root}/${dir}`)) {
      const path = dir ? `${dir}/${name}` : name;
      if (isDirectory && !skipped.has(name)) await walk(path);
      else if (/\.tsx?$/.test(name)) found.push(path);
    }
  };
  await walk("");
  return found.sort();
}

/** All imports of `sources`. Throws on one that does not resolve. */
export async function readImports(root: string, sources: readonly string[]): Promise<Import[]> {
  const base = pathToFileURL(`${root}/`).href;
  const entry = await Deno.makeTempFile({ suffix: ".ts" });
  try {
    const lines = sources.map((path) => `import ${JSON.stringify(encodeURI(base + path))};`);
    await Deno.writeTextFile(entry, lines.join("\n"));
    const { stdout, stderr, success } = await new Deno.Command(Deno.execPath(), {
      args: ["info", "--json", "--config", `${root}/deno.json`, entry],
      env: { NO_COLOR: "1" },
    }).output();
    if (!success) throw new Error(new TextDecoder().decode(stderr));
    return importsOf(JSON.parse(new TextDecoder().decode(stdout)), base, new Set(sources));
  } finally {
    await Deno.remove(entry);
  }
}

function importsOf(info: Info, base: string, sources: ReadonlySet<string>): Import[] {
  const pathOf = (specifier: string) =>
    specifier.startsWith("file:") && specifier.startsWith(base)
      ? decodeURI(specifier.slice(base.length))
      : specifier.replace(/^npm:\/?((?:@[^/]+\/)?[^@/]+).*$/, "npm:$1");
  const found: Import[] = [];
  for (const { specifier, error, dependencies = [] } of info.modules) {
    const from = pathOf(specifier);
    if (!sources.has(from)) continue;
    if (error) throw new Error(`Cannot read ${from}: ${error}`);
    for (const { code, type } of dependencies) {
      const to = code ?? type;
      if (to?.error) throw new Error(`Cannot resolve an import of ${from}: ${to.error}`);
      if (to?.specifier) {
        found.push({ from, to: pathOf(to.specifier), isTypeOnly: code === undefined });
      }
    }
  }
  return found;
}
