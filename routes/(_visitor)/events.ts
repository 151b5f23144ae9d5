import { Hono } from "hono";
import type { Visitor, Visitors } from "@/core/mod.ts";
import { VisitorEventsQuery } from "@/core/model/visitor_api.ts";
import { query } from "../(_api)/input.ts";
import { sseResponse } from "../(_shared)/sse.ts";
import type { VisitorEnv } from "./env.ts";
import { requireVisitor } from "./require_visitor.ts";
import { sseEvent } from "./shapes.ts";

/** `/events`: what happens to the visitor's conversations, resumable by `Last-Event-ID` or `cursor`. */
export const events = new Hono<VisitorEnv>()
  .get("/", requireVisitor, query(VisitorEventsQuery), (c) => {
    const { visitor } = c.var;
    const { visitors } = c.env.core;
    const cursor = c.req.header("last-event-id") ?? c.req.valid("query").cursor ?? null;
    return sseResponse((signal) => stream(visitors, visitor, cursor, signal));
  });

async function* stream(
  visitors: Visitors,
  visitor: Visitor,
  cursor: string | null,
  signal: AbortSignal,
) {
  for await (const event of visitors.subscribe(visitor, cursor, signal)) yield sseEvent(event);
}
