import { Hono } from "hono";
import { ApiImageQuery } from "@/core/model/api_inputs.ts";
import { errorResponse } from "../(_shared)/http_error.ts";
import type { ApiEnv } from "./env.ts";
import { fileResponse } from "./file_response.ts";
import { query } from "./input.ts";
import { operation } from "./operation.ts";

/** `/images`: images of other servers, for the frames of mails. */
export const images = new Hono<ApiEnv>()
  .get(
    "/",
    operation({
      id: "getRemoteImage",
      tag: "Messages",
      summary: "An image that a mail shows from another server, fetched by Parley",
      description:
        "Only at the signed addresses that a message's HTML page has. 422 says why there is no image.",
      answers: { 200: "application/octet-stream", 206: "application/octet-stream" },
      fails: [404, 416, 422, 429],
    }),
    query(ApiImageQuery),
    async (c) => {
      const { url, signature } = c.req.valid("query");
      const image = await c.env.core.remoteImages.open(c.var.caller, url, signature);
      if (!image.ok) return errorResponse(image.error);
      const { type, size, stream } = image.value;
      const name = `image.${type.split("/").at(-1)}`;
      return fileResponse(c.req.raw, { name, type, size, disposition: "inline", stream });
    },
  );
