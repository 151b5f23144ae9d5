import { can, type Principal } from "../access/mod.ts";
import type { AnyAdapter, ChannelView, Io, SetupStep } from "../channel/mod.ts";
import type { CoreContext } from "../context.ts";
import { type CoreError, invalid, notFound } from "../errors.ts";
import { type Once, once } from "../idempotency.ts";
import type { Channel } from "../model/channel.ts";
import { err, ok, type Result } from "../result.ts";
import { keys, transact, type Tx } from "../store/mod.ts";
import { type ChannelType, channelType } from "./channel_type.ts";
import { createIo } from "./io.ts";
import { createTextCache } from "./text_cache.ts";
import { createOwnAddresses, type IsOwnAddress } from "./own_addresses.ts";
import { openSecrets, type SealedConfig, sealSecrets, shownConfig } from "./sealed_config.ts";

/** A channel as it is shown: secrets read as `{set: true}` or `{set: false}`. */
export interface ChannelWithSecrets extends Channel {
  /** Address of its webhook; null where it has none. */
  readonly webhookUrl: string | null;
}

/** A channel ready to work: its adapter, its config with secrets, and the adapter's way to the world. */
export interface OpenedChannel {
  readonly channel: Channel;
  readonly adapter: AnyAdapter;
  readonly view: ChannelView<unknown>;
  io(signal: AbortSignal): Io;
}

export interface ChannelInput {
  readonly type: string;
  readonly inboxId: string;
  readonly name: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly autoTicket?: boolean | undefined;
}
export interface ChannelPatch {
  readonly name?: string | undefined;
  readonly inboxId?: string | undefined;
  /** Replaces the fields it names; a secret sent back as `{set: true}` stays, null takes it away. */
  readonly config?: Readonly<Record<string, unknown>> | undefined;
  readonly autoTicket?: boolean | undefined;
  readonly status?: "ready" | "paused" | undefined;
}

export interface Channels {
  types(): readonly ChannelType[];
  list(principal: Principal): Promise<Result<readonly ChannelWithSecrets[], CoreError>>;
  get(principal: Principal, id: string): Promise<Result<ChannelWithSecrets, CoreError>>;
  create(
    principal: Principal,
    input: ChannelInput,
    options?: Once,
  ): Promise<Result<ChannelWithSecrets, CoreError>>;
  update(
    principal: Principal,
    id: string,
    patch: ChannelPatch,
  ): Promise<Result<ChannelWithSecrets, CoreError>>;
  /** Only a channel without conversations; others are paused. */
  remove(principal: Principal, id: string): Promise<Result<null, CoreError>>;
  /** Uses the channel's settings and tells step by step how it went. */
  test(
    principal: Principal,
    id: string,
    signal: AbortSignal,
  ): Promise<Result<readonly SetupStep[], CoreError>>;

  /** For the core itself: no rights asked. The error is a sentence. */
  open(id: string): Promise<Result<OpenedChannel, string>>;
  /** Tells the addresses of all channels from others, as they are now. */
  ownAddresses(): Promise<IsOwnAddress>;
  /** A send showed that the channel needs somebody: part of the commit that settles it. */
  markBroken(tx: Tx, id: string, error: string): Promise<void>;
  /** A send went through: a channel that was broken is mended. */
  markWorking(tx: Tx, id: string): Promise<void>;
}

export function createChannels(context: CoreContext): Channels {
  const { store, adapters, ports, config } = context;
  const cache = createTextCache(ports.clock);
  const base = config.url ?? `http://localhost:${config.port}`;

  function shown(channel: Channel): ChannelWithSecrets {
    const adapter = adapters.get(channel.type);
    return {
      ...channel,
      config: adapter === undefined ? channel.config : shownConfig(adapter, channel),
      webhookUrl: adapter?.webhook === undefined ? null : `${base}/hooks/${channel.id}`,
    };
  }

  /** Parses a whole config with its adapter's schema and seals its secrets. */
  async function checkConfig(
    adapter: AnyAdapter,
    raw: unknown,
  ): Promise<Result<SealedConfig, CoreError>> {
    const parsed = adapter.config.safeParse(raw);
    if (parsed.success) return ok(await sealSecrets(store.vault, adapter, parsed.data));
    return err({
      code: "invalid",
      errors: parsed.error.issues.map((issue) => ({
        path: ["config", ...issue.path].join("."),
        message: issue.message,
      })),
    });
  }

  async function visible(principal: Principal, id: string): Promise<Channel | null> {
    const channel = await store.get(keys.channel(id));
    return channel !== null && can(principal, "inbox.read", { inboxId: channel.inboxId })
      ? channel
      : null;
  }

  const service: Channels = {
    ownAddresses: createOwnAddresses(store, (id) => service.open(id)),
    types: () => [...adapters.values()].map(channelType),

    async list(principal) {
      const found: Channel[] = [];
      for await (const { value } of store.list(keys.channels())) found.push(value);
      return ok(
        found.filter(({ inboxId }) => can(principal, "inbox.read", { inboxId })).map(shown),
      );
    },

    async get(principal, id) {
      const channel = await visible(principal, id);
      return channel === null ? err(notFound("channel")) : ok(shown(channel));
    },

    async create(principal, input, options = {}) {
      if (!can(principal, "channel.manage")) return err({ code: "forbidden" });
      const adapter = adapters.get(input.type);
      if (adapter === undefined) {
        return err(invalid("type", `"${input.type}" is not a kind of channel`));
      }
      if (input.name.trim() === "") return err(invalid("name", "is empty"));
      const checked = await checkConfig(adapter, input.config);
      if (!checked.ok) return checked;
      const created = await transact<Result<Channel, CoreError>>(
        store,
        (tx) =>
          once(tx, options, async () => {
            if (await tx.get(keys.inbox(input.inboxId)) === null) {
              return err(invalid("inboxId", "is not an inbox"));
            }
            const channel: Channel = {
              id: ports.ids.next("chn"),
              type: adapter.id,
              inboxId: input.inboxId,
              name: input.name.trim(),
              ...checked.value,
              autoTicket: input.autoTicket ?? false,
              status: "ready",
              error: null,
              createdAt: tx.now,
              updatedAt: tx.now,
            };
            tx.insert(keys.channel(channel.id), channel);
            tx.emit(settingsChanged(channel));
            return ok(channel);
          }),
      );
      return created.ok ? ok(shown(created.value)) : created;
    },

    async update(principal, id, patch) {
      const before = await visible(principal, id);
      if (before === null) return err(notFound("channel"));
      if (!can(principal, "channel.manage")) return err({ code: "forbidden" });
      if (patch.name !== undefined && patch.name.trim() === "") {
        return err(invalid("name", "is empty"));
      }
      const adapter = adapters.get(before.type);
      let sealed: SealedConfig | null = null;
      if (patch.config !== undefined) {
        if (adapter === undefined) {
          return err({ code: "unsupported", message: "This kind of channel is not installed" });
        }
        const opened = await openSecrets(store.vault, before);
        const checked = await checkConfig(adapter, mergeConfig(opened, patch.config));
        if (!checked.ok) return checked;
        sealed = checked.value;
      }
      const updated = await transact<Result<Channel, CoreError>>(store, async (tx) => {
        const channel = await tx.get(keys.channel(id));
        if (channel === null) return err(notFound("channel"));
        if (patch.inboxId !== undefined && await tx.read(keys.inbox(patch.inboxId)) === null) {
          return err(invalid("inboxId", "is not an inbox"));
        }
        const after: Channel = {
          ...channel,
          ...sealed,
          name: patch.name?.trim() ?? channel.name,
          inboxId: patch.inboxId ?? channel.inboxId,
          autoTicket: patch.autoTicket ?? channel.autoTicket,
          // New settings deserve a new try.
          status: patch.status ??
            (sealed !== null && channel.status === "error" ? "ready" : channel.status),
          error: patch.status === undefined && sealed === null ? channel.error : null,
          updatedAt: tx.now,
        };
        tx.set(keys.channel(id), after);
        tx.emit(settingsChanged(after));
        return ok(after);
      });
      return updated.ok ? ok(shown(updated.value)) : updated;
    },

    async remove(principal, id) {
      const before = await visible(principal, id);
      if (before === null) return err(notFound("channel"));
      if (!can(principal, "channel.manage")) return err({ code: "forbidden" });
      for await (const { value } of store.list(keys.conversations())) {
        if (value.channelId === id) {
          return err({
            code: "conflict",
            message: "This channel has conversations: pause it instead",
          });
        }
      }
      return await transact<Result<null, CoreError>>(store, async (tx) => {
        const channel = await tx.get(keys.channel(id));
        if (channel === null) return err(notFound("channel"));
        tx.delete(keys.channel(id));
        tx.emit(settingsChanged(channel));
        return ok(null);
      });
    },

    async test(principal, id, signal) {
      const before = await visible(principal, id);
      if (before === null) return err(notFound("channel"));
      if (!can(principal, "channel.manage")) return err({ code: "forbidden" });
      const opened = await service.open(id);
      if (!opened.ok) return ok([{ title: "Read the settings", ok: false, detail: opened.error }]);
      const { adapter, view, io } = opened.value;
      if (adapter.setup === undefined) {
        return ok([{
          title: "Read the settings",
          ok: true,
          detail: "This channel needs no connection to test",
        }]);
      }
      const steps = await adapter.setup.test(view, io(signal));
      const failed = steps.find((step) => !step.ok);
      await transact(
        store,
        (tx) =>
          failed === undefined
            ? service.markWorking(tx, id)
            : service.markBroken(tx, id, failed.detail),
      );
      return ok(steps);
    },

    async open(id) {
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
      const view = { id: channel.id, name: channel.name, config: parsed.data };
      return ok({
        channel,
        adapter,
        view,
        io: (signal) => createIo(context, { adapter, channel, view, cache }, signal),
      });
    },

    async markBroken(tx, id, error) {
      const channel = await tx.read(keys.channel(id));
      if (channel === null || channel.status === "paused" || channel.error === error) return;
      tx.set(keys.channel(id), { ...channel, status: "error", error, updatedAt: tx.now });
      tx.emit(settingsChanged(channel));
    },

    async markWorking(tx, id) {
      const channel = await tx.read(keys.channel(id));
      if (channel === null || channel.status !== "error") return;
      tx.set(keys.channel(id), { ...channel, status: "ready", error: null, updatedAt: tx.now });
      tx.emit(settingsChanged(channel));
    },
  };
  return service;
}

function settingsChanged({ inboxId }: Channel) {
  return {
    type: "settings.changed",
    actor: { type: "system", id: null, name: "Parley" },
    inboxId,
  } as const;
}

/** The stored config with the patch's fields in place of its own; secrets marked as set keep their value. */
function mergeConfig(
  stored: Readonly<Record<string, unknown>>,
  patch: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const merged: Record<string, unknown> = { ...stored };
  for (const [name, next] of Object.entries(patch)) {
    if (next === null) delete merged[name];
    else merged[name] = keepSecrets(stored[name], next);
  }
  return merged;
}

function keepSecrets(stored: unknown, next: unknown): unknown {
  if (typeof next !== "object" || next === null || Array.isArray(next)) return next;
  const entries = Object.entries(next);
  if (entries.length === 1 && "set" in next && typeof next.set === "boolean") {
    return next.set ? stored : undefined;
  }
  const before = typeof stored === "object" && stored !== null
    ? stored as Readonly<Record<string, unknown>>
    : {};
  return Object.fromEntries(
    entries.filter(([, value]) => value !== null).map((
      [name, value],
    ) => [name, keepSecrets(before[name], value)]),
  );
}
