import type { ApiMacro } from "../../../../core/model/api_snippets.ts";

/** Macros for what is being written: those of its kind, and those of any. Pure. */
export function usableMacros<T extends Pick<ApiMacro, "when">>(
  macros: readonly T[],
  kind: "reply" | "comment",
): readonly T[] {
  return macros.filter(({ when }) => when === "any" || when === kind);
}
