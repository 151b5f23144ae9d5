import {
  type ChannelView,
  err,
  type Io,
  ok,
  type OutboundPart,
  type Result,
  type SendError,
  type SendReceipt,
} from "../../core/channel/mod.ts";
import { callProgram } from "./call_program.ts";
import type { ApiConfig } from "./config.ts";
import { readAnswer } from "./read_answer.ts";

/** Posts an outbound message to the channel's program as JSON, its files as base64 or as links. */
export async function sendMessage(
  part: OutboundPart,
  channel: ChannelView<ApiConfig>,
  io: Io,
): Promise<Result<SendReceipt, SendError>> {
  const { email: _, attachments, ...rest } = part;
  const files = await Promise.all(attachments.map(async (file) => {
    const { id, name, type, size } = file;
    const url = channel.config.fileLinks ? await file.publicUrl() : null;
    if (url !== null) return { id, name, type, size, url };
    const base64 = await file.bytes().then((bytes) => bytes.toBase64(), () => null);
    return base64 === null ? null : { id, name, type, size, base64 };
  }));
  if (files.includes(null)) {
    return err({ code: "rejected", message: "A file of the message can no longer be read." });
  }
  const called = await callProgram(channel, io, {
    body: { type: "message", ...rest, attachments: files },
    delivery: part.index === 0 ? part.outboxId : `${part.outboxId}-${part.index}`,
  });
  const { dropsRepeated } = channel.config;
  const answer = readAnswer(called, { dropsRepeated, now: io.now() });
  return answer.ok ? ok(answer.value) : answer;
}
