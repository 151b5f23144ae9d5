import type { Template } from "../channel/mod.ts";
import type { CoreContext } from "../context.ts";
import { type CoreError, notFound } from "../errors.ts";
import { err, ok, type Result } from "../result.ts";
import type { OpenedChannel } from "./open_channel.ts";

/** More than anybody chooses from. */
const MAX_TEMPLATES = 500;
const DEADLINE_MS = 15_000;

/** The approved templates of a channel, as its provider lists them now. Errors: not_found; unsupported, which says why. */
export type ListTemplates = (
  channelId: string,
  signal?: AbortSignal,
) => Promise<Result<readonly Template[], CoreError>>;

/** Asks the channel's provider, for at most 15 s. */
export function createTemplateList(
  { ports }: Pick<CoreContext, "ports">,
  open: (id: string) => Promise<Result<OpenedChannel, string>>,
): ListTemplates {
  return async (channelId, signal) => {
    const opened = await open(channelId);
    if (!opened.ok) return err(notFound("channel"));
    const { adapter, view, io, redact } = opened.value;
    if (adapter.templates === undefined) {
      return err({ code: "unsupported", message: "This channel has no templates" });
    }
    const late = new AbortController();
    const cancel = ports.alarm(ports.clock.now() + DEADLINE_MS, () => late.abort());
    const until = signal === undefined ? late.signal : AbortSignal.any([signal, late.signal]);
    try {
      const listed = await adapter.templates.list(view, io(until));
      return listed.ok
        ? ok(listed.value.slice(0, MAX_TEMPLATES))
        : err({ code: "unsupported", message: redact(listed.error.message) });
    } catch (error) {
      // A bug of the adapter: the composer says that there are none to choose from.
      const words = error instanceof Error ? error.message : "unknown";
      ports.log("error", "adapter threw listing templates", { channelId, error: redact(words) });
      return err({ code: "unsupported", message: "The templates could not be read" });
    } finally {
      cancel();
    }
  };
}
