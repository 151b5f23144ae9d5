/** Makes the folder of a new adapter out of the sample one that the conformance kit is tested with. */
import { err, ok, type Result } from "../core/result.ts";

const SAMPLE_FILES = ["config.ts", "mod.ts", "conformance.ts", "README.md"] as const;
const MAX_LENGTH = 40;
/** What a folder's constant could not be called. */
const RESERVED = new Set(
  ("adapters arguments async await break case catch class const continue debugger default delete do else enum eval " +
    "export extends false finally for function if implements import in instanceof interface let mod new null of " +
    "package private protected public return static super switch this throw true try typeof undefined var void " +
    "while with yield sample")
    .split(" "),
);
const REGISTRY = "adapters/mod.ts";

/** A file to write; its path is below the project's root. */
export interface MadeFile {
  readonly path: string;
  readonly text: string;
}

/**
 * The files of a new adapter, and the registry with its line.
 * @param name folder and id: snake_case
 * @param read a file of the project by its path; null when there is none
 * @returns an error in words when the name does not do, or is taken
 */
export async function makeAdapter(
  name: string,
  read: (path: string) => Promise<string | null>,
): Promise<Result<readonly MadeFile[], string>> {
  if (!/^[a-z](?:_?[a-z0-9]+)*$/.test(name) || name.length > MAX_LENGTH) {
    return err(
      `Cannot make "${name}": a name has a-z, 0-9 and single underscores, begins with a letter and has ${MAX_LENGTH} characters at most`,
    );
  }
  if (RESERVED.has(name)) return err(`Cannot make "${name}": the name means something else`);
  if (await read(`adapters/${name}/mod.ts`) !== null) {
    return err(`Cannot make "${name}": adapters/${name} exists`);
  }
  const registry = await read(REGISTRY);
  const registered = registry === null ? null : register(registry, name);
  if (registered === null) {
    return err(`Cannot make "${name}": the list in ${REGISTRY} is not as it was`);
  }
  const made: MadeFile[] = [];
  for (const file of SAMPLE_FILES) {
    const text = await read(`tests/conformance/sample/${file}`);
    if (text === null) return err(`Cannot make "${name}": the sample's ${file} is missing`);
    made.push({ path: `adapters/${name}/${file}`, text: rename(text, name) });
  }
  return ok([...made, { path: REGISTRY, text: registered }]);
}

/** The sample's text with another name in it, from another folder. */
function rename(text: string, name: string): string {
  const words = name.split("_").map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return text
    .replaceAll("../../../core/", "../../core/")
    .replaceAll('"../mod.ts"', '"../../tests/conformance/mod.ts"')
    .replaceAll('id: "sample"', `id: "${name}"`)
    .replaceAll("const sample =", `const ${constantOf(name)} =`)
    .replaceAll("SampleConfig", `${words.join("")}Config`)
    .replaceAll("x-sample-", `x-${name.replaceAll("_", "-")}-`)
    .replaceAll("api.sample.example", `api.${name.replaceAll("_", "-")}.example`)
    .replaceAll("Sample", words.join(" "));
}

/** The registry with an import and an entry more; null when it does not look like one. */
function register(registry: string, name: string): string | null {
  const constant = constantOf(name);
  const imports = [...registry.matchAll(/^import \{ \w+ \} from "\.\/.+";\n/gm)];
  const last = imports.at(-1);
  const list = /(readonly AnyAdapter\[\] = \[[^\]]*?),?(\s*\];)/;
  if (last === undefined || !list.test(registry)) return null;
  const end = last.index + last[0].length;
  const line = `import { ${constant} } from "./${name}/mod.ts";\n`;
  return (registry.slice(0, end) + line + registry.slice(end)).replace(list, `$1, ${constant}$2`);
}

function constantOf(name: string): string {
  return name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
}
