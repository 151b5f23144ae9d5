import type { CoreError, FieldError } from "@/core/mod.ts";
import { unreachable } from "@/core/result.ts";
import { type Problem, problemResponse } from "./problem.ts";

/** What HTTP itself can get wrong, before the core is asked. */
export type RequestError =
  | { readonly code: "no_such_address" }
  | { readonly code: "method_not_allowed"; readonly allow: readonly string[] }
  | { readonly code: "malformed_body"; readonly message: string }
  | { readonly code: "unsupported_media_type"; readonly accepted: readonly string[] }
  | { readonly code: "range_not_satisfiable"; readonly size: number }
  /** The Origin check refused it. */
  | { readonly code: "foreign_origin" }
  /** A page of a site that the channel does not allow. */
  | { readonly code: "origin_not_allowed" }
  /** What a visitor filled in is not as the form asks for it. */
  | { readonly code: "form_invalid"; readonly errors: readonly FieldError[] }
  | { readonly code: "unavailable"; readonly message: string }
  | { readonly code: "internal" };

export type HttpError = CoreError | RequestError;

/** An expected failure as its answer. Nothing else in `routes/` sets an error status. */
export function errorResponse(
  error: HttpError,
  extra?: Readonly<Record<string, unknown>>,
): Response {
  const problem = toProblem(error);
  return problemResponse(extra ? { ...problem, extra: { ...problem.extra, ...extra } } : problem);
}

/** Status and words of every failure: the one place where codes become HTTP. */
export function toProblem(error: HttpError): Problem {
  const { code } = error;
  switch (code) {
    case "invalid":
      return {
        code,
        status: 400,
        title: "The request is not valid",
        errors: error.errors,
        detail: describeFields(error.errors),
      };
    case "form_invalid":
      return {
        code,
        status: 422,
        title: "The form is not filled in as it asks for",
        errors: error.errors,
        detail: describeFields(error.errors),
      };
    case "malformed_body":
      return { code, status: 400, title: "The body cannot be read", detail: error.message };
    case "unauthenticated":
      return {
        code,
        status: 401,
        title: "Sign in first",
        detail: error.message ?? "This needs a session cookie or a valid API token.",
        headers: { "www-authenticate": 'Bearer realm="parley"' },
      };
    case "forbidden":
      return {
        code,
        status: 403,
        title: "Not allowed",
        detail: "Your role does not allow this.",
      };
    case "foreign_origin":
      return {
        code,
        status: 403,
        title: "Refused as coming from another site",
        detail:
          "Requests with a session cookie that change something must come from Parley's pages.",
      };
    case "origin_not_allowed":
      return {
        code,
        status: 403,
        title: "This site may not use the channel",
        detail: "Add the page's host name to the channel's allowed domains.",
      };
    case "not_found":
      return {
        code,
        status: 404,
        title: "Not found",
        detail: `There is no such ${error.what.replaceAll("_", " ")}, or you may not see it.`,
      };
    case "no_such_address":
      return {
        code,
        status: 404,
        title: "No such address",
        detail: "Nothing answers here; /api/v1/openapi.json lists what does.",
      };
    case "method_not_allowed":
      return {
        code,
        status: 405,
        title: "Method not allowed",
        detail: `This address takes ${error.allow.join(", ")}.`,
        headers: { allow: error.allow.join(", ") },
      };
    case "conflict":
      return { code, status: 409, title: "Conflict", detail: error.message };
    case "window_closed":
      return { code, status: 409, title: "The reply window is closed", detail: error.message };
    case "opted_out":
      return { code, status: 409, title: "They want no messages here", detail: error.message };
    case "version_conflict":
      return {
        code,
        status: 409,
        title: "There are newer messages",
        detail: "The conversation changed since you read it; nothing was sent.",
        extra: { version: error.version },
      };
    case "idempotency_in_flight":
      return {
        code,
        status: 409,
        title: "The same request is being worked on",
        detail: "Another request with this Idempotency-Key has not ended yet.",
        headers: retryAfter(error.retryAfterMs),
      };
    case "too_large":
      return {
        code,
        status: 413,
        title: "Too large",
        detail: `At most ${error.maxBytes} bytes are taken here.`,
        extra: { maxBytes: error.maxBytes },
      };
    case "unsupported_media_type":
      return {
        code,
        status: 415,
        title: "Unsupported media type",
        detail: `Send ${error.accepted.join(" or ")}.`,
      };
    case "range_not_satisfiable":
      return {
        code,
        status: 416,
        title: "Range not satisfiable",
        detail: `The file has ${error.size} bytes.`,
        headers: { "content-range": `bytes */${error.size}` },
      };
    case "idempotency_mismatch":
      return {
        code,
        status: 422,
        title: "Idempotency-Key was used for another request",
        detail: "This key came before with a different body; use a new one.",
      };
    case "unsupported":
      return { code, status: 422, title: "Not possible here", detail: error.message };
    case "rate_limited":
      return {
        code,
        status: 429,
        title: "Too many attempts",
        detail: `Try again in ${Math.ceil(error.retryAfterMs / 1000)} seconds.`,
        headers: retryAfter(error.retryAfterMs),
      };
    case "internal":
      return {
        code,
        status: 500,
        title: "Something broke",
        detail: "This is a fault in Parley; it was logged.",
      };
    case "unavailable":
      return {
        code,
        status: 503,
        title: "Not available now",
        detail: error.message,
        headers: retryAfter(5_000),
      };
  }
  unreachable(error);
}

/** Retry-After counts whole seconds; never 0, which clients read as "at once". */
function retryAfter(ms: number): { readonly "retry-after": string } {
  return { "retry-after": String(Math.max(1, Math.ceil(ms / 1000))) };
}

function describeFields(errors: readonly FieldError[]): string {
  const [first] = errors;
  if (!first) return "Something in it is wrong.";
  const rest = errors.length > 1 ? ` (and ${errors.length - 1} more)` : "";
  return `${first.path ? `${first.path}: ` : ""}${first.message}${rest}`;
}
