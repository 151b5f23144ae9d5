import type { AnyAdapter } from "../channel/mod.ts";
import type { SideProcedure } from "../ports.ts";
import { frameProcedure } from "./frame_aside.ts";
import { parseProcedure } from "./parse_aside.ts";
import { sanitizeProcedure } from "./sanitize_aside.ts";

/** All that the side thread can do. */
export function createSideWork(
  adapters: readonly AnyAdapter[],
): Readonly<Record<string, SideProcedure>> {
  return { parse: parseProcedure(adapters), sanitize: sanitizeProcedure, frame: frameProcedure };
}
