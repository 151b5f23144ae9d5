import { Hono } from "hono";
import { ApiSearchPage, ApiSearchQuery } from "@/core/model/api_search.ts";
import { searchPageView } from "../(_shared)/search_view.ts";
import { answer } from "./answer.ts";
import type { ApiEnv } from "./env.ts";
import { query } from "./input.ts";
import { operation } from "./operation.ts";

/** `/search`: conversations and contacts by words and filters. */
export const search = new Hono<ApiEnv>()
  .get(
    "/",
    operation({
      id: "search",
      tag: "Search",
      summary: "Conversations by words of their messages and by filters, the newest first",
      answers: { 200: ApiSearchPage },
    }),
    query(ApiSearchQuery),
    async (c) =>
      await answer(
        await c.env.core.search.find(c.var.caller, c.req.valid("query"), c.req.raw.signal),
        searchPageView,
      ),
  );
