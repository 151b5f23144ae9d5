/**
 * API: a channel of one's own. A program in any language delivers what customers write and sends what agents answer, in
 * the events and parts of the adapter contract as signed JSON (README.md).
 * @module
 */
import { defineAdapter, eventsFromJson, ok, verifyParley } from "../../core/channel/mod.ts";
import { apiCapabilities, ApiConfig } from "./config.ts";
import { listTemplates } from "./list_templates.ts";
import { sendMessage } from "./send_message.ts";
import { tellProgram } from "./tell_program.ts";
import { testProgram } from "./test_program.ts";

/** A file of 25 MiB in base64, and the rest of its delivery. */
const MAX_BYTES = 36 * 1_048_576;
const { url: _, secret: __, ...DEFAULTS } = ApiConfig.parse({
  url: "https://program.example",
  secret: "secret of no channel",
});

/** The API adapter. */
export const api = defineAdapter<ApiConfig>({
  apiVersion: 1,
  id: "api",
  label: "API",
  description: "Any other channel: a program of yours passes messages on, in any language.",
  config: ApiConfig,
  capabilities: apiCapabilities({ ...DEFAULTS, takesTyping: true }),
  capabilitiesOf: apiCapabilities,
  hosts: [],
  configHosts: ({ url, templatesUrl }) =>
    [url, templatesUrl].flatMap((one) => one === undefined ? [] : [new URL(one).hostname]),
  send: sendMessage,
  webhook: {
    contentTypes: ["application/json"],
    maxBytes: MAX_BYTES,
    keepHeaders: [],
    verify: ({ headers, body }, { config: { secret, previousSecret } }, io) =>
      verifyParley(
        headers.get("parley-signature"),
        previousSecret === undefined ? [secret] : [secret, previousSecret],
        body,
        io.now(),
      ),
    parse: (delivery) => eventsFromJson(delivery),
  },
  media: { fetch: (ref, _channel, io) => io.fetchFile(ref) },
  templates: { list: listTemplates },
  typing: {
    lastsMs: 8_000,
    show: (recipient, channel, io) =>
      channel.config.takesTyping
        ? tellProgram({ type: "typing", recipient }, channel, io)
        : Promise.resolve(ok(null)),
  },
  receipts: {
    markRead: (recipient, upTo, channel, io) =>
      channel.config.takesRead
        ? tellProgram({ type: "read", recipient, upTo }, channel, io)
        : Promise.resolve(ok(null)),
  },
  setup: { test: testProgram },
});
