import type { AnyAdapter, ChannelView, Io } from "../channel/mod.ts";
import type { CoreContext } from "../context.ts";
import type { Channel } from "../model/channel.ts";
import { err, ok, type Result } from "../result.ts";
import { keys } from "../store/mod.ts";
import { createIo, type GetAccessToken } from "./io.ts";
import { type Redact, redactorWithTokens } from "./redactor.ts";
import { openSecrets, secretsIn } from "./sealed_config.ts";
import { createTextCache } from "./text_cache.ts";

/** A channel ready to work: its adapter, its config with secrets, and the adapter's way to the world. */
export interface OpenedChannel {
  readonly channel: Channel;
  readonly adapter: AnyAdapter;
  readonly view: ChannelView<unknown>;
  /** Takes the channel's secrets out of what its adapter says. */
  readonly redact: Redact;
  io(signal: AbortSignal): Io;
}

/** Opens channels by their ids, all with one cache. The error is a sentence. */
export function createOpener(
  context: CoreContext,
  accessToken: GetAccessToken,
): (id: string) => Promise<Result<OpenedChannel, string>> {
  const { store, adapters, ports } = context;
  const cache = createTextCache(ports.clock);

  /** Null when it is gone or its settings are not complete: what needs it says so. */
  async function openAppOf(appId: string, { apps = [] }: AnyAdapter) {
    const app = await store.get(keys.app(appId));
    const kind = app === null ? undefined : apps.find(({ id }) => id === app.adapter);
    if (app === null || kind === undefined) return null;
    const opened = await openSecrets(store.vault, app);
    const { data: config } = kind.config.safeParse(opened);
    return config === undefined
      ? null
      : { view: { id: app.id, kind: kind.id, config }, secrets: secretsIn(opened, app) };
  }

  return async function open(id) {
    const channel = await store.get(keys.channel(id));
    if (channel === null) return err("The channel no longer exists");
    const adapter = adapters.get(channel.type);
    if (adapter === undefined) return err(`No adapter "${channel.type}" is installed`);
    const opened = await openSecrets(store.vault, channel);
    const parsed = adapter.config.safeParse(opened);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      return err(
        `The channel's settings are not complete: ${issue?.path.join(".") ?? ""} ${
          issue?.message ?? ""
        }`,
      );
    }
    const app = channel.appId === undefined ? null : await openAppOf(channel.appId, adapter);
    const view: ChannelView<unknown> = {
      id: channel.id,
      name: channel.name,
      config: parsed.data,
      ...app !== null && { app: app.view },
    };
    const secrets = [...secretsIn(opened, channel), ...app?.secrets ?? []];
    const { redact, getToken } = redactorWithTokens(secrets, accessToken);
    return ok({
      channel,
      adapter,
      view,
      redact,
      io: (signal) =>
        createIo(
          context,
          { adapter, channel, view, cache, redact, accessToken: getToken },
          signal,
        ),
    });
  };
}
