import type { z } from "zod";
import type { ApiMessageQuery } from "@/core/model/api_inputs.ts";

/** Which part of a thread, as the core takes it: before a cursor of its own, or after a place. */
export interface MessagePlace {
  readonly limit: number;
  readonly before?: string;
  readonly afterSeq?: number;
}

/** Reads a query. A cursor says by itself which way it goes. */
export function messagePlace(
  { limit, before, after, cursor }: z.output<typeof ApiMessageQuery>,
): MessagePlace {
  if (after !== undefined) return { limit, afterSeq: after };
  if (before !== undefined) return { limit, before: String(before) };
  if (cursor === undefined) return { limit };
  const onward = /^after\.(\d+)$/.exec(cursor)?.[1];
  return onward === undefined ? { limit, before: cursor } : { limit, afterSeq: Number(onward) };
}

/** The next page's cursor, which leads on in the direction of this one. */
export function nextMessages(place: MessagePlace, next: string | null): string | null {
  return next === null || place.afterSeq === undefined ? next : `after.${next}`;
}
