import assert from "node:assert/strict";
import { invalid } from "@/core/errors.ts";
import { formProblem } from "./form_problem.ts";

Deno.test("formProblem() puts an error beside the field it names, as a sentence", () => {
  const problem = formProblem(invalid("password", "needs 10 characters or more"), {
    password: "Password",
  });

  assert.deepEqual(problem, {
    status: 400,
    message: null,
    fields: { password: "Password needs 10 characters or more." },
  });
});

Deno.test("formProblem() keeps the first of several errors of one field, and lists unknown ones above", () => {
  const problem = formProblem({
    code: "invalid",
    errors: [
      { path: "name", message: "is needed" },
      { path: "name", message: "is too short" },
      { path: "role", message: "Invalid option" },
    ],
  }, { name: "Name" });

  assert.deepEqual(problem, {
    status: 400,
    message: "Invalid option.",
    fields: { name: "Name is needed." },
  });
});

Deno.test("formProblem() puts an error inside a list beside the list", () => {
  const problem = formProblem(invalid("config.domains.2", "must be a host name"), {
    "config.domains": "Sites",
    "config": "Config",
  });

  assert.deepEqual(problem.fields, { "config.domains": "Sites must be a host name." });
});

Deno.test("formProblem() says other failures above the form, with their status", () => {
  const problem = formProblem({ code: "rate_limited", retryAfterMs: 61_000 }, {});

  assert.equal(problem.status, 429);
  assert.match(problem.message ?? "", /Try again in 61 seconds/);
});
