/** The shapes of the JSON API about search. */
import { z } from "zod";
import { ApiContact, ApiConversation, ApiMessage } from "./api.ts";

export const ApiSearchQuery = z.strictObject({
  /** Words and filters: `refund "blue chair" from:ana -is:open before:2026-03-01`. */
  q: z.string().max(500),
  /** Whose days `before:`, `after:` and `on:` mean, such as Europe/Amsterdam. Default: UTC. */
  timeZone: z.string().max(60).optional(),
  limit: z.coerce.number().int().min(1).max(100).optional(),
  cursor: z.string().max(100).optional(),
}).meta({ id: "SearchQuery" });
export type ApiSearchQuery = z.infer<typeof ApiSearchQuery>;

/** Places of words that were found: from, up to, in UTF-16 units of the text. */
const Marked = z.strictObject({
  text: z.string(),
  marks: z.array(z.tuple([z.int(), z.int()])),
});

export const ApiSearchHit = z.strictObject({
  conversation: ApiConversation,
  subject: Marked,
  /** The latest message that fits. */
  message: ApiMessage.pick({ id: true, seq: true, kind: true, author: true, createdAt: true }),
  excerpt: Marked,
}).meta({ id: "SearchHit" });
export type ApiSearchHit = z.infer<typeof ApiSearchHit>;

export const ApiSearchPage = z.strictObject({
  /** Newest first. */
  items: z.array(ApiSearchHit),
  /** On the first page. */
  contacts: z.array(ApiContact),
  /** Filters nobody understood: they narrow nothing. */
  unclear: z.array(z.string()),
  /** False while the index is being built: there may be more. */
  isComplete: z.boolean(),
  next: z.string().nullable(),
}).meta({ id: "SearchPage" });
export type ApiSearchPage = z.infer<typeof ApiSearchPage>;
