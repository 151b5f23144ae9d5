/** How much script a page loads before anything is done on it. */
import { gzipSync } from "node:zlib";
import { send } from "./send.ts";

export interface FirstScript {
  /** Of all its files together, each compressed by itself as a proxy would, at gzip's default level. */
  readonly gzipBytes: number;
  /** Addresses of the files, as the page names them. */
  readonly files: readonly string[];
}

/** Reads a page as a browser would and sums up the module scripts it names and those they import. */
export async function measureFirstScript(
  { url, path, cookie }: { readonly url: string; readonly path: string; readonly cookie: string },
): Promise<FirstScript> {
  const page = await read(url + path, cookie);
  const named = [
    ...page.matchAll(/<script[^>]*\ssrc="([^"]+)"/g),
    ...page.matchAll(/<link[^>]*\srel="modulepreload"[^>]*\shref="([^"]+)"/g),
  ].map(([, file]) => file ?? "");
  const seen = new Map<string, number>();
  for (const todo = [...named]; todo.length > 0;) {
    const file = todo.pop() ?? "";
    if (seen.has(file)) continue;
    const code = await read(url + file, cookie);
    seen.set(file, gzipSync(code).length);
    todo.push(...staticImports(code).map((other) => new URL(other, url + file).pathname));
  }
  if (seen.size === 0) throw new Error(`Cannot measure ${path}: it names no script`);
  return {
    gzipBytes: [...seen.values()].reduce((sum, bytes) => sum + bytes, 0),
    files: [...seen.keys()],
  };
}

/** What minified code imports at its start; a dynamic `import("…")` is not loaded with it. */
function staticImports(code: string): readonly string[] {
  return [...code.matchAll(/(?:^|[;}\s])import\s*(?:[\w${},*\s]+from\s*)?"(\.[^"]+)"/g)]
    .map(([, file]) => file ?? "");
}

async function read(url: string, cookie: string): Promise<string> {
  const response = await send(url, { headers: { cookie } });
  const text = await response.text();
  if (response.status !== 200) throw new Error(`Cannot read ${url}: ${response.status}`);
  return text;
}
