import { Hono } from "hono";
import { ApiAttachment, ApiMessage } from "@/core/model/api.ts";
import { ApiNoBody, ApiNoQuery, ApiSignedQuery } from "@/core/model/api_inputs.ts";
import { inlineImageType, type OpenedFile } from "@/core/mod.ts";
import { errorResponse } from "../(_shared)/http_error.ts";
import { attachmentView, messageView } from "../(_shared)/views.ts";
import { answer } from "./answer.ts";
import type { ApiEnv } from "./env.ts";
import { fileResponse } from "./file_response.ts";
import { idempotent } from "./idempotent.ts";
import { body, query } from "./input.ts";
import { operation } from "./operation.ts";
import { requireCaller } from "./require_caller.ts";

const tag = "Attachments";

/** `/attachments`: files. Reading one needs the right to, or a signed address. */
export const attachments = new Hono<ApiEnv>()
  .post(
    "/",
    operation({
      id: "uploadAttachment",
      tag,
      summary: "Upload one file, for a message sent within 24 h",
      answers: { 201: ApiAttachment },
      fails: [413, 415],
      isIdempotent: true,
      upload: {
        type: "multipart/form-data",
        schema: {
          type: "object",
          properties: { file: { type: "string", contentMediaType: "application/octet-stream" } },
          required: ["file"],
          additionalProperties: false,
        },
      },
    }),
    requireCaller,
    query(ApiNoQuery),
    idempotent,
    async (c) => {
      const form = await c.req.formData().catch(() => null);
      if (form === null) {
        return errorResponse({ code: "malformed_body", message: "The body is not multipart." });
      }
      const file = onlyFile(form);
      if (typeof file === "string") {
        return errorResponse({ code: "invalid", errors: [{ path: file, message: FILE_RULE }] });
      }
      const { core } = c.env;
      const uploaded = await core.attachments.upload(
        { kind: "principal", principal: c.var.caller },
        { name: file.name, type: file.type, bytes: file.stream() },
        c.var.once,
      );
      return await answer(uploaded, (record) => attachmentView(record, core.attachments.sign), 201);
    },
  )
  .get(
    "/:id",
    operation({
      id: "getAttachment",
      tag,
      summary: "A file's bytes, or a range of them",
      description: "With `expires` and `signature`, as an attachment's `url` has them, no sign-in.",
      answers: { 200: "application/octet-stream", 206: "application/octet-stream" },
      fails: [404, 416],
    }),
    query(ApiSignedQuery),
    async (c) => {
      const { expires, signature } = c.req.valid("query");
      const { attachments } = c.env.core;
      const { principal } = c.env;
      const id = c.req.param("id");
      if (signature === undefined && principal === null) {
        return errorResponse({ code: "unauthenticated" });
      }
      const opened = signature !== undefined || principal === null
        ? await attachments.openSigned(id, expires ?? 0, signature ?? "")
        : await attachments.open(principal, id);
      return opened.ok ? await serve(c.req.raw, opened.value) : errorResponse(opened.error);
    },
  )
  .post(
    "/:id/retry",
    operation({
      id: "retryAttachment",
      tag,
      summary: "Fetch a missing file of a message from its provider again",
      description: "Answers the message, whose file is `loading` until the stream tells of it.",
      answers: { 200: ApiMessage },
      fails: [403, 404, 409],
    }),
    requireCaller,
    query(ApiNoQuery),
    body(ApiNoBody),
    async (c) => {
      const { messages, attachments } = c.env.core;
      return await answer(
        await messages.retryFile(c.var.caller, c.req.param("id")),
        (message) => messageView(message, attachments.sign),
      );
    },
  );

const FILE_RULE = 'Send exactly one file, in the field "file"';

/** The one file of a form, or the name of the field that is wrong. */
function onlyFile(form: FormData): File | string {
  for (const name of form.keys()) if (name !== "file") return name;
  const [file, ...more] = form.getAll("file");
  return file instanceof File && more.length === 0 ? file : "file";
}

/** Shown only when its bytes are those of an image; saved otherwise, whatever it says it is. */
async function serve(request: Request, { record, head, stream }: OpenedFile): Promise<Response> {
  const image = inlineImageType(await head());
  return fileResponse(request, {
    name: record.name,
    type: image ?? record.type,
    size: record.size,
    disposition: image === null ? "attachment" : "inline",
    stream,
  });
}
