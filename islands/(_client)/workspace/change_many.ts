import type { applyToMany } from "./apply_to_many.ts";

/** Changes conversations at once, with Undo. What does it comes behind the first screen, with all that acts. */
export async function changeMany(
  ...given: Parameters<typeof applyToMany>
): Promise<Awaited<ReturnType<typeof applyToMany>>> {
  const { applyToMany } = await import("./apply_to_many.ts");
  return await applyToMany(...given);
}
