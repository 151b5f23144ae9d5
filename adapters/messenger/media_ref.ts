import { z } from "zod";

const Ref = z.object({ url: z.url({ protocol: /^https?$/ }), mid: z.string(), index: z.int() });

/** Where a customer's file is: a link that expires, and where another one for it can be had. */
export type MediaRef = z.infer<typeof Ref>;

/** As an event holds it. */
export function writeMediaRef({ url, mid, index }: MediaRef): string {
  return JSON.stringify({ url, mid, index });
}

/** Null when it is none. */
export function readMediaRef(ref: string): MediaRef | null {
  try {
    return Ref.safeParse(JSON.parse(ref)).data ?? null;
  } catch {
    return null;
  }
}
