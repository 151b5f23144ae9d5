/** `deno task adapter new NAME`: a folder in `adapters/` that passes the conformance kit, and its line in the list. */
import { fileURLToPath } from "node:url";
import { makeAdapter } from "./make_adapter.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const [verb, name, ...rest] = Deno.args;

if (verb !== "new" || name === undefined || rest.length > 0) {
  console.error("deno task adapter new NAME");
  Deno.exit(2);
}
const made = await makeAdapter(name, async (path) => {
  try {
    return await Deno.readTextFile(ROOT + path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
});
if (!made.ok) {
  console.error(made.error);
  Deno.exit(1);
}
await Deno.mkdir(`${ROOT}adapters/${name}`);
for (const { path, text } of made.value) {
  await Deno.writeTextFile(ROOT + path, text);
  console.log(path);
}
await new Deno.Command(Deno.execPath(), {
  args: ["fmt", "-q", `adapters/${name}`, "adapters/mod.ts"],
  cwd: ROOT,
}).output();
console.log(`\ndeno task test tests/conformance --filter="/^${name} conforms/"`);
