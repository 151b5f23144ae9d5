/** The side thread of Parley, but mails that say so end it. */
import { adapters } from "../../adapters/mod.ts";
import { serveSideWork } from "../../core/platform/mod.ts";
import { createSideWork } from "../../core/side_work/mod.ts";

const procedures = createSideWork(adapters);

serveSideWork({
  ...procedures,
  parse(input, ask) {
    // As `parseAside` packs it.
    const { body } = (input as { delivery: { body: { buffer: ArrayBuffer } } }).delivery;
    if (new TextDecoder().decode(body.buffer.slice(0, 500)).includes("X-Fatal:")) Deno.exit(9);
    return procedures.parse?.(input, ask) ?? Promise.reject(new TypeError("no parse"));
  },
});
