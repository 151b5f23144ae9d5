import type { CoreError } from "@/core/mod.ts";
import type { Result } from "@/core/result.ts";
import { errorResponse } from "../(_shared)/http_error.ts";

const HEADERS = {
  "content-type": "application/json",
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
} as const;

/** JSON that no cache keeps: what an answer holds depends on who asked. */
export function json(value: unknown, status = 200, headers?: Readonly<Record<string, string>>) {
  return new Response(JSON.stringify(value), { status, headers: { ...headers, ...HEADERS } });
}

/** A command's result: its view as JSON, or the problem. */
export async function answer<T>(
  result: Result<T, CoreError>,
  view: (value: T) => unknown,
  status = 200,
): Promise<Response> {
  return result.ok ? json(await view(result.value), status) : errorResponse(result.error);
}

/** A command that has nothing to tell: 204, or the problem. */
export function done(result: Result<unknown, CoreError>): Response {
  return result.ok ? new Response(null, { status: 204 }) : errorResponse(result.error);
}
