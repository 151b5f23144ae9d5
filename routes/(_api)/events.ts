import { Hono } from "hono";
import { ApiEventsQuery } from "@/core/model/api_inputs.ts";
import type { FeedItem } from "@/core/mod.ts";
import { type SseChunk, sseResponse } from "../(_shared)/sse.ts";
import type { ApiEnv } from "./env.ts";
import { createEventWriter } from "./event_writer.ts";
import { query } from "./input.ts";
import { operation } from "./operation.ts";

/** `/events`: what happens, as it happens. */
export function createEvents(): Hono<ApiEnv> {
  /** Made by the first stream, as the core is known only then; shared by all of them. */
  let writeEvent: ReturnType<typeof createEventWriter> | undefined;
  return new Hono<ApiEnv>().get(
    "/",
    operation({
      id: "streamEvents",
      tag: "Events",
      summary: "A stream of what happens, as far as the caller may know",
      description: [
        "`id` is a cursor: `Last-Event-ID` or `cursor` goes on behind it without a gap; one that is too old is",
        "answered with `reset`, and the client fetches anew. `hello` comes first, `counts`, `typing`, `presence` and",
        "`draft` are never repeated. The stream ends when the session ends or the caller's rights change.",
      ].join(" "),
      answers: { 200: "text/event-stream" },
    }),
    query(ApiEventsQuery),
    (c) => {
      const { core } = c.env;
      const cursor = c.req.header("last-event-id") || c.req.valid("query").cursor || null;
      const write = writeEvent ??= createEventWriter(core.attachments.sign);
      return sseResponse((signal) =>
        eventsOf(core.feed.subscribe(c.var.caller, { cursor, signal }), write)
      );
    },
  );
}

async function* eventsOf(
  items: AsyncGenerator<FeedItem, void>,
  write: (item: FeedItem) => Promise<SseChunk>,
): AsyncGenerator<SseChunk, void> {
  for await (const item of items) yield await write(item);
}
