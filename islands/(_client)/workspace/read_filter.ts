import type { ViewFilter } from "../../../core/model/view_filter.ts";

/**
 * The filter an address carries. The server has checked it before it showed the page, and answers 400 for what is none;
 * here only what is no filter at all is told apart.
 */
export function readFilter(text: string | undefined): ViewFilter | null {
  if (text === undefined) return null;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null) return null;
    const isGroup = "all" in value
      ? Array.isArray(value.all)
      : "any" in value && Array.isArray(value.any);
    // Its conditions are the server's to judge.
    return isGroup ? value as ViewFilter : null;
  } catch {
    return null;
  }
}
