/** Every expected failure of the core's commands and queries. Routes turn each code into one HTTP status. */
export type CoreError =
  /** A field of the input is wrong; `path` names it as in the API. */
  | { readonly code: "invalid"; readonly errors: readonly FieldError[] }
  /** `message` says which proof was refused and why, where that helps an honest caller. */
  | { readonly code: "unauthenticated"; readonly message?: string }
  | { readonly code: "forbidden" }
  /** Does not exist, or the caller may not know that it does. */
  | { readonly code: "not_found"; readonly what: string }
  /** A unique value is taken, or the record is in a state that does not allow this. */
  | { readonly code: "conflict"; readonly message: string }
  /** The conversation has newer messages than the author saw. */
  | { readonly code: "version_conflict"; readonly version: number; readonly sinceSeq: number }
  /** The same idempotency key came with another body. */
  | { readonly code: "idempotency_mismatch" }
  /** The same idempotency key is being worked on. */
  | { readonly code: "idempotency_in_flight"; readonly retryAfterMs: number }
  | { readonly code: "too_large"; readonly maxBytes: number }
  | { readonly code: "rate_limited"; readonly retryAfterMs: number }
  /** The customer may not be answered now; `message` says why, for a person. */
  | { readonly code: "window_closed"; readonly message: string }
  /** The customer wants no messages over this channel. */
  | { readonly code: "opted_out"; readonly message: string }
  /** The channel or platform cannot do this; `message` says why in words for a person. */
  | { readonly code: "unsupported"; readonly message: string };

/** One wrong field. */
export interface FieldError {
  readonly path: string;
  readonly message: string;
}

/** Shorthand for a single wrong field. */
export function invalid(path: string, message: string): CoreError {
  return { code: "invalid", errors: [{ path, message }] };
}

/** Shorthand for something absent or hidden. */
export function notFound(what: string): CoreError {
  return { code: "not_found", what };
}
