import { z } from "zod";
import {
  answerError,
  type ChannelView,
  err,
  type Io,
  ok,
  type Result,
  type SendError,
  type Template,
} from "../../core/channel/mod.ts";
import { callProgram, LABEL } from "./call_program.ts";
import type { ApiConfig } from "./config.ts";

const Templates = z.object({
  templates: z.array(z.object({
    name: z.string().min(1).max(200),
    language: z.string().min(1).max(35),
    body: z.string().min(1).max(10_000),
    values: z.int().min(0).max(100),
  })).max(1_000),
});

/** The templates that a channel's program has, by a signed GET; none where it names no address for them. */
export async function listTemplates(
  channel: ChannelView<ApiConfig>,
  io: Io,
): Promise<Result<readonly Template[], SendError>> {
  const { templatesUrl: url } = channel.config;
  if (url === undefined) return ok([]);
  const called = await callProgram(channel, io, { url, method: "GET" });
  if (called.kind === "not_allowed") return err({ code: "config", message: called.reason });
  if (called.kind !== "answered") {
    return err({ code: "unavailable", message: `${LABEL} cannot be reached right now.` });
  }
  const { answer } = called;
  if (answer.status !== 200 || answer.isHtml) return err(answerError(LABEL, answer, io.now()));
  const { data } = Templates.safeParse(answer.json);
  return data === undefined
    ? err({ code: "config", message: "What is at the address of the templates are none." })
    : ok(data.templates);
}
