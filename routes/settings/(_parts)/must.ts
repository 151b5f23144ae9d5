import { HttpError } from "fresh";
import type { CoreError, Result } from "@/core/mod.ts";
import { toProblem } from "../../(_shared)/http_error.ts";

/** The value, where a failure means that there is no page to show. @throws HttpError for the error page. */
export function must<T>(result: Result<T, CoreError>): T {
  if (result.ok) return result.value;
  const { status, detail } = toProblem(result.error);
  throw new HttpError(status, detail);
}
