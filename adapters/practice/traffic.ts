import { z } from "zod";
import { err, ok, type Result } from "../../core/channel/mod.ts";

/** One message of recorded traffic. */
export interface TrafficLine {
  /** Since the line before, at the recorded speed. */
  readonly afterMs: number;
  /** Who wrote it: the same name is the same customer. */
  readonly from: string;
  readonly text: string;
}

const MAX_LINES = 2_000;
const DAY_MS = 86_400_000;

const Line = z.object({
  afterMs: z.number().min(0).max(DAY_MS),
  from: z.string().trim().min(1).max(100).regex(/^[^\0]*$/),
  text: z.string().min(1).max(10_000),
});

/**
 * Reads recorded traffic: JSON lines `{"afterMs": 1500, "from": "Giulia", "text": "Hello"}`; empty lines are passed over.
 * Pure. The error names the line, as what "My traffic" does.
 */
export function parseTraffic(text: string): Result<readonly TrafficLine[], string> {
  const lines: TrafficLine[] = [];
  for (const [i, given] of text.split(/\r?\n/).entries()) {
    if (given.trim() === "") continue;
    const { data, error } = Line.safeParse(parseJson(given));
    if (data === undefined) {
      const field = error.issues[0]?.path.join(".") ?? "";
      return err(`has ${field === "" ? "no message" : `a wrong "${field}"`} in line ${i + 1}`);
    }
    lines.push(data);
    if (lines.length > MAX_LINES) return err(`has over ${MAX_LINES} messages`);
  }
  return ok(lines);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
