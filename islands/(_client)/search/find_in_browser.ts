import type { ApiProblem } from "@/core/model/api.ts";
import type { ApiSearchPage } from "@/core/model/api_search.ts";
import { err, ok } from "@/core/result.ts";
import type { SearchPorts } from "./search_model.ts";

/** Searches by the API. @param timeZone whose days are meant */
export function findInBrowser(timeZone: string): SearchPorts["find"] {
  return async ({ q, cursor }, signal) => {
    const query = new URLSearchParams({ q, timeZone, ...(cursor === null ? {} : { cursor }) });
    const startedAt = performance.now();
    try {
      const response = await fetch(`/api/v1/search?${query}`, { signal });
      // The session ended: the page says how to go on.
      if (response.status === 401) location.reload();
      // The server's own answers: its shapes are checked where they are made, and tested there.
      const body = await response.json() as ApiSearchPage & Partial<ApiProblem>;
      if (!response.ok) return err(body.detail ?? "The server could not search");
      return ok({ ...body, tookMs: performance.now() - startedAt });
    } catch {
      return err("No connection");
    }
  };
}
