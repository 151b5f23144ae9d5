import { type Env, Hono } from "hono";
import { generateSpecs, resolver } from "hono-openapi";
import { z } from "zod";
import { ApiProblem } from "@/core/model/api.ts";
import { ApiNoQuery } from "@/core/model/api_inputs.ts";
import { json } from "./answer.ts";
import type { ApiEnv } from "./env.ts";
import { query } from "./input.ts";
import { operation } from "./operation.ts";

type Specs = Awaited<ReturnType<typeof generateSpecs>>;

/** `/openapi.json`: the document of an app, made from the schemas that check its inputs, once. */
export function createOpenApi(describedApp: () => Hono<ApiEnv>): Hono<ApiEnv> {
  let document: Promise<Specs> | undefined;
  return new Hono<ApiEnv>().get(
    "/",
    operation({
      id: "getOpenApi",
      tag: "API",
      summary: "This document",
      answers: { 200: z.looseObject({ openapi: z.string() }) },
      isPublic: true,
    }),
    query(ApiNoQuery),
    async () => json(await (document ??= describe(describedApp()))),
  );
}

/** The OpenAPI 3.1 document of an app. */
export async function describe<E extends Env>(app: Hono<E>): Promise<Specs> {
  const specs = await generateSpecs(app, {
    excludeStaticFile: false,
    // Every operation names its own.
    defaultValidationErrorResponse: false,
    documentation: {
      openapi: "3.1.0",
      info: {
        title: "Parley",
        version: "1",
        description: [
          "Lists answer `{items, next}` and take `limit` and `cursor`. Times are ISO 8601 in UTC.",
          "Errors are `application/problem+json`. Unknown fields and query parameters are refused.",
        ].join(" "),
      },
      security: [{ token: [] }, { session: [] }],
      components: {
        securitySchemes: {
          token: { type: "http", scheme: "bearer", description: "An API token, `par_…`." },
          session: {
            type: "apiKey",
            in: "cookie",
            name: "parley_session",
            description: "Set by `POST /session`. Requests that change something need this origin.",
          },
        },
        parameters: {
          IdempotencyKey: {
            name: "Idempotency-Key",
            in: "header",
            description:
              "The same key and body within 24 h answers the first result; another body 422; a twin still being worked on 409.",
            schema: { type: "string", minLength: 1, maxLength: 255 },
          },
        },
        responses: {
          Problem: {
            description: "What went wrong",
            content: { "application/problem+json": { schema: resolver(ApiProblem) } },
          },
        },
      },
    },
  });
  return { ...specs, paths: withBodyProblems(specs.paths) };
}

const METHODS = ["post", "put", "patch", "delete"] as const;

/** Whatever takes a body refuses one that is too large or of another type. */
function withBodyProblems(paths: Specs["paths"]): Specs["paths"] {
  const problem = { $ref: "#/components/responses/Problem" };
  const documented = structuredClone(paths);
  for (const item of Object.values(documented)) {
    for (const method of METHODS) {
      const operation = item[method];
      if (!operation?.requestBody) continue;
      operation.responses = { ...operation.responses, 413: problem, 415: problem };
    }
  }
  return documented;
}
