import type { ApiProblem } from "@/core/model/api.ts";

/** RFC 9457's media type. */
export const PROBLEM_TYPE = "application/problem+json";

/** Everything an error answer is made of. */
export interface Problem {
  readonly status: number;
  /** Stable and snake_case: the last part of the problem's `type`. */
  readonly code: string;
  /** The same for every problem of this code. */
  readonly title: string;
  /** What is wrong this time, for a person. */
  readonly detail: string;
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
  /** Further members of this code, such as the `version` of a version conflict. */
  readonly extra?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The body of an error answer (contract.md, "API shapes"). */
export function problemBody(problem: Problem): ApiProblem {
  return {
    ...problem.extra,
    type: `urn:parley:problem:${problem.code}`,
    title: problem.title,
    status: problem.status,
    detail: problem.detail,
    ...(problem.errors && { errors: problem.errors.map((error) => ({ ...error })) }),
  };
}

/** An error as an HTTP answer that no cache keeps. */
export function problemResponse(problem: Problem): Response {
  return new Response(JSON.stringify(problemBody(problem)), {
    status: problem.status,
    headers: {
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      ...problem.headers,
      "content-type": PROBLEM_TYPE,
    },
  });
}
