import { describeRoute, type DescribeRouteOptions, resolver } from "hono-openapi";
import type { MiddlewareHandler } from "hono";
import type { z } from "zod";

/** What an operation says of itself in `openapi.json`. */
export interface Operation {
  /** camelCase, unique: the name generated clients give it. */
  readonly id: string;
  readonly tag: string;
  /** One line. */
  readonly summary: string;
  readonly description?: string;
  /** Good answers by status: the schema of their JSON, a media type, or null for no body. */
  readonly answers: Readonly<Record<number, z.ZodType | string | null>>;
  /** Statuses of its failures besides 400 and 401. */
  readonly fails?: readonly number[];
  /** Needs neither session nor token. */
  readonly isPublic?: boolean;
  /** Takes `Idempotency-Key`. */
  readonly isIdempotent?: boolean;
  /** A body that is not JSON, by media type. */
  readonly upload?: { readonly type: string; readonly schema: Readonly<Record<string, unknown>> };
}

/** Documents the operation it stands before. Inputs are documented by their validators. */
export function operation(spec: Operation): MiddlewareHandler {
  const fails = new Set([400, ...(spec.isPublic ? [] : [401]), ...(spec.fails ?? [])]);
  if (spec.isIdempotent) { for (const status of [409, 422]) fails.add(status); }
  const responses: NonNullable<DescribeRouteOptions["responses"]> = {};
  for (const [status, answer] of Object.entries(spec.answers)) {
    responses[status] = describeAnswer(Number(status), answer);
  }
  for (const status of fails) responses[status] = { $ref: "#/components/responses/Problem" };
  return describeRoute({
    operationId: spec.id,
    tags: [spec.tag],
    summary: spec.summary,
    ...(spec.description !== undefined && { description: spec.description }),
    ...(spec.isPublic && { security: [] }),
    ...(spec.isIdempotent && {
      parameters: [{ $ref: "#/components/parameters/IdempotencyKey" }],
    }),
    ...(spec.upload && {
      requestBody: {
        required: true,
        content: { [spec.upload.type]: { schema: spec.upload.schema } },
      },
    }),
    responses,
  });
}

type Responses = NonNullable<DescribeRouteOptions["responses"]>;

function describeAnswer(status: number, answer: z.ZodType | string | null): Responses[string] {
  const description = DESCRIPTIONS[status] ?? "Done";
  if (answer === null) return { description };
  if (typeof answer === "string") {
    return { description, content: { [answer]: { schema: { type: "string" } } } };
  }
  return { description, content: { "application/json": { schema: resolver(answer) } } };
}

const DESCRIPTIONS: Readonly<Record<number, string>> = {
  200: "Done",
  201: "Created",
  202: "Taken, and worked on",
  204: "Done; there is nothing to say",
  206: "The asked-for part",
};
