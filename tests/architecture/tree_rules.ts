/** The top level of the tree, and the names a file may have. */

const FOLDERS = ["adapters", "core", "fresh", "islands", "routes", "static", "tests"];
const FILES = [
  "LICENSE",
  "README.md",
  "client.ts",
  "deno.json",
  "deno.lock",
  "fresh.config.ts",
  "main.ts",
  "serve.ts",
  "worker.ts",
];
/** Made by running and building, kept out of the repository by `.gitignore`. */
const MADE = ["_fresh", "data", "node_modules"];

/** One line for each entry of the top level that is missing or does not belong there. */
export function findStrayEntries(names: readonly string[]): string[] {
  const expected = new Set([...FOLDERS, ...FILES]);
  const stray = names.filter((name) =>
    !expected.has(name) && !MADE.includes(name) && !name.startsWith(".")
  );
  const missing = [...expected].filter((name) => !names.includes(name));
  return [
    ...stray.map((name) => `${name}: does not belong to the top level`),
    ...missing.map((name) => `${name}: is missing`),
  ];
}

/** One line for each file whose name says nothing, or is not written as the others are. */
export function findBadNames(sources: readonly string[]): string[] {
  return sources.flatMap((path) => {
    const name = path.slice(path.lastIndexOf("/") + 1);
    if (/^(utils?|helpers?|misc|common)(_test)?\.tsx?$/.test(name)) {
      return [`${path}: name it after its main export`];
    }
    const isComponent = /^(islands|fresh)\/.*\.tsx$/.test(path);
    const isRoute = path.startsWith("routes/");
    const isPlain = /^[a-z][a-z0-9_]*(\.d)?\.tsx?$/.test(name);
    const isPascal = /^[A-Z][A-Za-z0-9]*(_test)?\.tsx$/.test(name);
    if (isPlain || isRoute || (isComponent && isPascal) || name === "fresh.config.ts") return [];
    return [`${path}: write it in snake_case, or PascalCase for a component in islands/`];
  });
}
