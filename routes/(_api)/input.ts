/** Checks of what comes in, which also document it. What they refuse is one `invalid` problem naming every wrong field. */
import { validator } from "hono-openapi";
import type { z } from "zod";
import type { FieldError } from "@/core/mod.ts";
import { errorResponse } from "../(_shared)/http_error.ts";

/** A JSON body. */
export function body<S extends z.ZodType>(schema: S) {
  return validator("json", schema, refuse);
}

/** Query parameters. Every operation has this check, also those which take none. */
export function query<S extends z.ZodType>(schema: S) {
  return validator("query", schema, refuse);
}

interface Issue {
  readonly code?: string;
  readonly keys?: readonly string[];
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/** A schema's issues as field errors: a field that is not known is named, not its parent. */
export function fieldErrors(issues: readonly Issue[]): FieldError[] {
  return issues.flatMap((issue) => {
    const path = (issue.path ?? []).map((part) =>
      String(typeof part === "object" ? part.key : part)
    );
    if (issue.code !== "unrecognized_keys" || !issue.keys) {
      return [{ path: path.join("."), message: issue.message }];
    }
    return issue.keys.map((key) => ({ path: [...path, key].join("."), message: "Is not known" }));
  });
}

type Outcome =
  | { readonly success: true }
  | { readonly success: false; readonly error: readonly Issue[] };

function refuse(outcome: Outcome): Response | undefined {
  if (outcome.success) return undefined;
  return errorResponse({ code: "invalid", errors: fieldErrors(outcome.error) });
}
