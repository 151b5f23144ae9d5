import { Hono } from "hono";
import { ApiContactNote } from "@/core/model/api.ts";
import { ApiContactNoteInput, ApiNoQuery, ApiPageQuery } from "@/core/model/api_inputs.ts";
import type { ContactNote } from "@/core/model/contact_note.ts";
import { pageOf } from "../(_shared)/paging.ts";
import { isoTime } from "../(_shared)/views.ts";
import { answer, done } from "./answer.ts";
import type { ApiEnv } from "./env.ts";
import { idempotent } from "./idempotent.ts";
import { body, query } from "./input.ts";
import { operation } from "./operation.ts";

const tag = "Contacts";

/** `/contacts/:id/notes`: what the team writes down about somebody. */
export const contactNotes = new Hono<ApiEnv>()
  .get(
    "/:id/notes",
    operation({
      id: "listContactNotes",
      tag,
      summary: "Notes about a contact, newest first",
      answers: { 200: pageOf(ApiContactNote) },
      fails: [403, 404],
    }),
    query(ApiPageQuery),
    async (c) =>
      await answer(
        await c.env.core.contactNotes.list(
          c.var.caller,
          c.req.param("id"),
          c.req.valid("query"),
        ),
        ({ items, next }) => ({ items: items.map(noteView), next }),
      ),
  )
  .post(
    "/:id/notes",
    operation({
      id: "createContactNote",
      tag,
      summary: "Write down something about a contact",
      answers: { 201: ApiContactNote },
      fails: [403, 404, 409],
      isIdempotent: true,
    }),
    query(ApiNoQuery),
    body(ApiContactNoteInput),
    idempotent,
    async (c) =>
      await answer(
        await c.env.core.contactNotes.add(
          c.var.caller,
          c.req.param("id"),
          c.req.valid("json"),
          c.var.once,
        ),
        noteView,
        201,
      ),
  )
  .patch(
    "/:id/notes/:noteId",
    operation({
      id: "updateContactNote",
      tag,
      summary: "Change a note: one's own, or any by those who manage the workspace",
      answers: { 200: ApiContactNote },
      fails: [403, 404],
    }),
    query(ApiNoQuery),
    body(ApiContactNoteInput),
    async (c) =>
      await answer(
        await c.env.core.contactNotes.update(
          c.var.caller,
          c.req.param("id"),
          c.req.param("noteId"),
          c.req.valid("json"),
        ),
        noteView,
      ),
  )
  .delete(
    "/:id/notes/:noteId",
    operation({
      id: "deleteContactNote",
      tag,
      summary: "Delete a note: one's own, or any by those who manage the workspace",
      answers: { 204: null },
      fails: [403, 404],
    }),
    query(ApiNoQuery),
    async (c) =>
      done(
        await c.env.core.contactNotes.remove(
          c.var.caller,
          c.req.param("id"),
          c.req.param("noteId"),
        ),
      ),
  );

function noteView(note: ContactNote): ApiContactNote {
  const { id, contactId, text, authorId, authorName, createdAt, updatedAt } = note;
  return {
    ...{ id, contactId, text, authorId, authorName },
    createdAt: isoTime(createdAt),
    updatedAt: isoTime(updatedAt),
  };
}
