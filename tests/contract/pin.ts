/** `deno run -A tests/contract/pin.ts`: takes the shapes over as they are now, after what `contract_test.ts` says was done. */
import { keyShapes, storedShapes } from "./stored_shapes.ts";

const pinned = { shapes: storedShapes(), keys: keyShapes() };
const file = new URL("pinned.json", import.meta.url);
await Deno.writeTextFile(file, `${JSON.stringify(pinned, null, 2)}\n`);
