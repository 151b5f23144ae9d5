import { Hono } from "hono";
import { answer } from "../(_api)/answer.ts";
import { FILE_BODY, takeBody } from "../(_api)/take_body.ts";
import { errorResponse } from "../(_shared)/http_error.ts";
import { readMultipart } from "../(_shared)/read_multipart.ts";
import type { VisitorEnv } from "./env.ts";
import { requireVisitor } from "./require_visitor.ts";

/** `/attachments`: takes one file, which a message within a day may name. */
export const attachments = new Hono<VisitorEnv>()
  .post(
    "/",
    requireVisitor,
    async (c, next) => {
      // Before the body is read: a refused file costs no memory.
      const { core, remoteAddress } = c.env;
      const admitted = await core.visitors.admitUpload(c.var.visitor, remoteAddress);
      return admitted.ok ? await next() : errorResponse(admitted.error);
    },
    takeBody(() => FILE_BODY),
    async (c) => {
      const type = c.req.header("content-type") ?? "";
      const form = await readMultipart(new Uint8Array(await c.req.arrayBuffer()), type);
      if (!(form instanceof FormData)) {
        return errorResponse({ code: "malformed_body", message: "The body is not multipart." });
      }
      const files = form.getAll("file");
      const [file] = files;
      if (!(file instanceof File) || files.length !== 1) {
        const errors = [{ path: "file", message: "Send exactly one file" }];
        return errorResponse({ code: "invalid", errors });
      }
      const uploaded = await c.env.core.visitors.upload(c.var.visitor, {
        name: file.name,
        type: file.type,
        bytes: new Uint8Array(await file.arrayBuffer()),
      });
      return await answer(uploaded, (saved) => saved, 201);
    },
  );
