import type { z } from "zod";
import type { CoreError } from "../errors.ts";
import { err, ok, type Result } from "../result.ts";

/** Checks what a caller passed in; the errors name the fields. */
export function parseInput<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
): Result<z.output<Schema>, CoreError> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return ok(parsed.data);
  const errors = parsed.error.issues.flatMap((issue) => {
    const path = issue.path.map(String);
    if (issue.code !== "unrecognized_keys") {
      return [{ path: path.join("."), message: issue.message }];
    }
    return issue.keys.map((key) => ({ path: [...path, key].join("."), message: "is unknown" }));
  });
  return err({ code: "invalid", errors });
}
