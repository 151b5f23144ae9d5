import { z } from "zod";

/** A provider's id of a mail: short and without control characters, so that it can be a part of ours. */
export const ProviderId = z.string().min(1).max(200).regex(/^\P{Cc}+$/u);

/** Epoch ms of a date as providers write it; null when it is none or before 1970. */
export function epochMs(text: string): number | null {
  const at = Date.parse(text);
  return Number.isFinite(at) && at >= 0 ? at : null;
}
