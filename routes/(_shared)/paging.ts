import { z } from "zod";

/** A page of a list: `next` is the cursor of the following page, null on the last. */
export function pageOf<S extends z.ZodType>(item: S) {
  return z.strictObject({ items: z.array(item), next: z.string().nullable() });
}

/** All there is, in the shape of a page: for lists that are short by nature. */
export function wholePage<T>(
  items: readonly T[],
): { readonly items: readonly T[]; readonly next: null } {
  return { items, next: null };
}
