import { type ChannelView, err, type Io, ok, type Result } from "../../core/channel/mod.ts";
import { callProgram } from "./call_program.ts";
import type { ApiConfig } from "./config.ts";

/** Tells a channel's program something that needs no answer. The error is a sentence. */
export async function tellProgram(
  body: Readonly<Record<string, unknown>>,
  channel: ChannelView<ApiConfig>,
  io: Io,
): Promise<Result<null, string>> {
  const called = await callProgram(channel, io, { body });
  if (called.kind !== "answered") return err("The program cannot be reached.");
  const { status, isHtml } = called.answer;
  return status >= 200 && status < 300 && !isHtml
    ? ok(null)
    : err(`The program answered with ${status}.`);
}
