import assert from "node:assert/strict";
import { errorResponse, type HttpError, toProblem } from "./http_error.ts";

Deno.test("toProblem() gives each code its status", () => {
  const table: readonly [HttpError, number][] = [
    [{ code: "invalid", errors: [{ path: "name", message: "Too long" }] }, 400],
    [{ code: "malformed_body", message: "Not JSON" }, 400],
    [{ code: "unauthenticated" }, 401],
    [{ code: "forbidden" }, 403],
    [{ code: "foreign_origin" }, 403],
    [{ code: "not_found", what: "conversation" }, 404],
    [{ code: "no_such_address" }, 404],
    [{ code: "method_not_allowed", allow: ["GET"] }, 405],
    [{ code: "conflict", message: "Taken" }, 409],
    [{ code: "version_conflict", version: 3, sinceSeq: 2 }, 409],
    [{ code: "idempotency_in_flight", retryAfterMs: 10 }, 409],
    [{ code: "too_large", maxBytes: 5 }, 413],
    [{ code: "unsupported_media_type", accepted: ["application/json"] }, 415],
    [{ code: "range_not_satisfiable", size: 9 }, 416],
    [{ code: "idempotency_mismatch" }, 422],
    [{ code: "unsupported", message: "No" }, 422],
    [{ code: "rate_limited", retryAfterMs: 1_500 }, 429],
    [{ code: "internal" }, 500],
    [{ code: "unavailable", message: "Starting" }, 503],
  ];

  for (const [error, status] of table) {
    const problem = toProblem(error);

    assert.equal(problem.status, status, error.code);
    assert.equal(problem.code, error.code);
    assert.ok(problem.title && problem.detail, error.code);
  }
});

Deno.test("errorResponse() is problem+json naming the wrong fields", async () => {
  const response = errorResponse({
    code: "invalid",
    errors: [{ path: "a.b", message: "Required" }, { path: "c", message: "Unknown" }],
  });

  assert.equal(response.status, 400);
  assert.equal(response.headers.get("content-type"), "application/problem+json");
  assert.equal(response.headers.get("cache-control"), "no-store");
  assert.deepEqual(await response.json(), {
    type: "urn:parley:problem:invalid",
    title: "The request is not valid",
    status: 400,
    detail: "a.b: Required (and 1 more)",
    errors: [{ path: "a.b", message: "Required" }, { path: "c", message: "Unknown" }],
  });
});

Deno.test("errorResponse() never says Retry-After: 0, and adds what the caller knows", async () => {
  const limited = errorResponse({ code: "rate_limited", retryAfterMs: 1 });
  const conflict = errorResponse({ code: "version_conflict", version: 4, sinceSeq: 2 }, {
    messages: [],
  });

  assert.equal(limited.headers.get("retry-after"), "1");
  const body = await conflict.json();
  assert.equal(body.version, 4);
  assert.deepEqual(body.messages, []);
});
