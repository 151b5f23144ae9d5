import { ACCESS_QUEUE, can, type Principal, takeTurn } from "../access/mod.ts";
import {
  type Capabilities,
  capabilitiesOf,
  type DirectLink,
  type Template,
} from "../channel/mod.ts";
import type { CoreContext } from "../context.ts";
import { type CoreError, invalid, notFound } from "../errors.ts";
import { type Once, once } from "../idempotency.ts";
import type { Channel } from "../model/channel.ts";
import { err, ok, type Result } from "../result.ts";
import { keys, transact, type Tx } from "../store/mod.ts";
import type { ChannelInput, ChannelPatch } from "./channel_input.ts";
import { type ChannelType, channelType } from "./channel_type.ts";
import { checkConfig } from "./check_config.ts";
import { changedOrigin } from "./changed_origin.ts";
import { claimAccount, hookPath } from "./claim_account.ts";
import { checkApp, withSignIn } from "./check_app.ts";
import { type ChannelSignIn, channelSignIn } from "./channel_sign_in.ts";
import { channelTags } from "./channel_tags.ts";
import { createSuggest, type Suggest } from "./suggest.ts";
import { createTemplateList, type ListTemplates } from "./list_templates.ts";
import { markBroken, markWorking, settingsChanged } from "./mark_channel.ts";
import type { GetAccessToken } from "./io.ts";
import { mergeConfig } from "./merge_config.ts";
import { createTester, type TestChannel } from "./test_channel.ts";
import { planConnection } from "./plan_connection.ts";
import { createOpener, type OpenedChannel } from "./open_channel.ts";
import { signInFirst } from "./sign_in_words.ts";
import { createOwnAddresses, type IsOwnAddress } from "./own_addresses.ts";
import { openSecrets, type SealedConfig, shownConfig } from "./sealed_config.ts";

/** A channel as it is shown: secrets read as `{set: true}` or `{set: false}`. */
export interface ChannelWithSecrets extends Channel {
  /** Address of its webhook; null where it has none. */
  readonly webhookUrl: string | null;
  /** Mail forwarded to it comes to this channel; null where Parley takes no mail itself. */
  readonly forwardAddress: string | null;
  /** Links that open a conversation on it; none where it has no such thing. */
  readonly directLinks: readonly DirectLink[];
  /** What it can do with these settings; null where its kind is no longer installed. */
  readonly capabilities: Capabilities | null;
  /** How it is signed in at its provider; null where it does not sign in by OAuth. */
  readonly signIn: ChannelSignIn | null;
}

/** Configured connections to the outside. */
export interface Channels {
  types(): readonly ChannelType[];
  /** Looks up settings for a channel of this type, from the address it has. */
  readonly suggest: Suggest;
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
  /** Uses the channel's settings and tells step by step how it goes. */
  readonly test: TestChannel;
  /** Texts its provider approved. Errors: not_found; unsupported, which says why there are none. */
  templates(
    principal: Principal,
    id: string,
    signal: AbortSignal,
  ): Promise<Result<readonly Template[], CoreError>>;

  /** For the core itself: no rights asked. The error is a sentence. */
  open(id: string): Promise<Result<OpenedChannel, string>>;
  /** The same as `templates`. */
  readonly listTemplates: ListTemplates;
  /** Tells the addresses of all channels from others, as they are now. */
  ownAddresses(): Promise<IsOwnAddress>;
  /** A send showed that the channel needs somebody: part of the commit that settles it. */
  markBroken(tx: Tx, id: string, error: string): Promise<void>;
  /** A send went through: a channel that was broken is mended. */
  markWorking(tx: Tx, id: string): Promise<void>;
}

/** Somebody waits for it. */
const DISCONNECT_MS = 10_000;

/** Channels over the store and the installed adapters. */
export function createChannels(context: CoreContext, accessToken: GetAccessToken): Channels {
  const { store, adapters, ports, config } = context;
  const base = config.url ?? `http://localhost:${config.port}`;

  const receiver = config.smtpListen === null ? {} : { receiver: { domain: config.mailDomain } };

  async function shown(channel: Channel): Promise<ChannelWithSecrets> {
    const adapter = adapters.get(channel.type);
    const io = { ...channelTags(store, channel.id), ...receiver };
    return {
      ...channel,
      config: adapter === undefined ? channel.config : shownConfig(adapter, channel),
      capabilities: adapter === undefined ? null : capabilitiesOf(adapter, channel.config),
      webhookUrl: adapter?.webhook === undefined ? null : `${base}${hookPath(adapter, channel)}`,
      directLinks: adapter?.directLinks?.(channel.config) ?? [],
      signIn: await channelSignIn(store, adapter, channel),
      forwardAddress: await adapter?.listen?.forwardAddress(channel.id, io) ?? null,
    };
  }

  /** The channel's settings with a patch in place; null when the patch has none. */
  async function patchedConfig(
    channel: Channel,
    patch: ChannelPatch,
  ): Promise<Result<SealedConfig | null, CoreError>> {
    if (patch.config === undefined) return ok(null);
    const adapter = adapters.get(channel.type);
    if (adapter === undefined) {
      return err({ code: "unsupported", message: "This kind of channel is not installed" });
    }
    const opened = await openSecrets(store.vault, channel);
    return await checkConfig(store.vault, adapter, mergeConfig(opened, patch.config));
  }

  async function visible(principal: Principal, id: string): Promise<Channel | null> {
    const channel = await store.get(keys.channel(id));
    return channel !== null && can(principal, "inbox.read", { inboxId: channel.inboxId })
      ? channel
      : null;
  }

  /** Tells the provider, while the secrets are still there. Whatever it answers, the channel goes. */
  async function disconnect(id: string): Promise<void> {
    const opened = await service.open(id);
    if (!opened.ok || opened.value.adapter.connection === undefined) return;
    const { adapter, view, io, redact } = opened.value;
    const late = new AbortController();
    const cancel = ports.alarm(ports.clock.now() + DISCONNECT_MS, () => late.abort());
    try {
      const gone = await adapter.connection?.disconnect(view, io(late.signal));
      if (gone?.ok !== false) return;
      const { code, message } = gone.error;
      ports.log("warn", "channel not disconnected", { channelId: id, code, why: redact(message) });
    } catch (error) {
      const name = error instanceof Error ? error.name : "unknown";
      ports.log("error", "adapter threw while disconnecting", { channelId: id, error: name });
    } finally {
      cancel();
    }
  }

  const service: Channels = {
    ownAddresses: createOwnAddresses(store, (id) => service.open(id)),
    types: () => [...adapters.values()].map(channelType),
    suggest: createSuggest(context, () => service.ownAddresses()),

    async list(principal) {
      const found: Channel[] = [];
      for await (const { value } of store.list(keys.channels())) found.push(value);
      const readable = found.filter(({ inboxId }) => can(principal, "inbox.read", { inboxId }));
      return ok(await Promise.all(readable.map(shown)));
    },

    async get(principal, id) {
      const channel = await visible(principal, id);
      return channel === null ? err(notFound("channel")) : ok(await shown(channel));
    },

    async create(principal, input, options = {}) {
      if (!can(principal, "channel.manage")) return err({ code: "forbidden" });
      const adapter = adapters.get(input.type);
      if (adapter === undefined) {
        return err(invalid("type", `"${input.type}" is not a kind of channel`));
      }
      if (input.name.trim() === "") return err(invalid("name", "is empty"));
      const checked = await checkConfig(store.vault, adapter, input.config);
      if (!checked.ok) return checked;
      const created = await transact<Result<Channel, CoreError>>(
        store,
        (tx) =>
          once(tx, options, async () => {
            // Whoever removes the inbox at this moment finds the channel, or the channel finds no inbox.
            await takeTurn(tx, "inboxes");
            if (await tx.get(keys.inbox(input.inboxId)) === null) {
              return err(invalid("inboxId", "is not an inbox"));
            }
            const { appId } = input;
            const kind = await checkApp(tx, adapter, { appId, config: checked.value.config });
            if (!kind.ok) return kind;
            const channel: Channel = {
              id: ports.ids.next("chn"),
              type: adapter.id,
              inboxId: input.inboxId,
              name: input.name.trim(),
              ...checked.value,
              ...appId === undefined ? {} : { appId },
              // A form begins something that is to be done.
              autoTicket: input.autoTicket ?? adapter.form !== undefined,
              ...kind.value === null
                ? { status: "ready", error: null }
                : { status: "error", error: signInFirst(kind.value.label).message },
              createdAt: tx.now,
              updatedAt: tx.now,
            };
            const claimed = await claimAccount(tx, adapter, null, channel);
            if (!claimed.ok) return claimed;
            tx.insert(keys.channel(channel.id), channel);
            await planConnection(tx, adapter, channel.id);
            tx.emit(settingsChanged(channel));
            return ok(channel);
          }),
        ACCESS_QUEUE,
      );
      return created.ok ? ok(await shown(created.value)) : created;
    },

    async update(principal, id, patch) {
      const before = await visible(principal, id);
      if (before === null) return err(notFound("channel"));
      if (!can(principal, "channel.manage")) return err({ code: "forbidden" });
      if (before.isFallback && patch.inboxId !== undefined && patch.inboxId !== before.inboxId) {
        return err(invalid("inboxId", "cannot be changed: this address came with its inbox"));
      }
      if (patch.name !== undefined && patch.name.trim() === "") {
        return err(invalid("name", "is empty"));
      }
      const updated = await transact<Result<Channel, CoreError>>(store, async (tx) => {
        const channel = await tx.get(keys.channel(id));
        if (channel === null) return err(notFound("channel"));
        if (patch.ifUpdatedAt !== undefined && patch.ifUpdatedAt !== channel.updatedAt) {
          return err({ code: "conflict", message: "Somebody else changed this channel meanwhile" });
        }
        if (changesOwner(patch)) await takeTurn(tx, "inboxes");
        if (patch.inboxId !== undefined) {
          if (await tx.read(keys.inbox(patch.inboxId)) === null) {
            return err(invalid("inboxId", "is not an inbox"));
          }
        }
        // From the record that is replaced: somebody else may have changed another field just now.
        const patched = await patchedConfig(channel, patch);
        if (!patched.ok) return patched;
        const sealed = patched.value;
        const changed = channel.isFallback && sealed ? changedOrigin(channel, sealed.config) : null;
        if (changed !== null) {
          return err(invalid(`config.${changed}`, "cannot be changed: it came with the inbox"));
        }
        const { appId: appBefore, ...rest } = channel;
        const appId = patch.appId === undefined ? appBefore : patch.appId ?? undefined;
        const next: Channel = {
          ...rest,
          ...appId === undefined ? {} : { appId },
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
        const after = await withSignIn(tx, adapters.get(channel.type), next);
        if (!after.ok) return after;
        const { appId: wanted, config: settings } = after.value;
        const adapter = adapters.get(channel.type);
        const isSameSignIn = wanted === appBefore && adapter?.oauth?.isUsed(settings) === true;
        const claimed = await claimAccount(tx, adapter, channel, after.value);
        if (!claimed.ok) return claimed;
        // What nobody signs in with any more is not kept.
        if (appBefore !== undefined && !isSameSignIn) tx.delete(keys.oauthToken(id));
        tx.set(keys.channel(id), after.value);
        if (sealed !== null || patch.appId !== undefined || patch.status !== undefined) {
          await planConnection(tx, adapter, id);
        }
        tx.emit(settingsChanged(after.value));
        return after;
      }, changesOwner(patch) ? ACCESS_QUEUE : { queue: id });
      return updated.ok ? ok(await shown(updated.value)) : updated;
    },

    async remove(principal, id) {
      const before = await visible(principal, id);
      if (before === null) return err(notFound("channel"));
      if (!can(principal, "channel.manage")) return err({ code: "forbidden" });
      if (before.isFallback) {
        return err({ code: "conflict", message: "This address goes with its inbox" });
      }
      for await (const { value } of store.list(keys.conversations())) {
        if (value.channelId === id) {
          return err({
            code: "conflict",
            message: "This channel has conversations: pause it instead",
          });
        }
      }
      await disconnect(id);
      return await transact<Result<null, CoreError>>(store, async (tx) => {
        const channel = await tx.get(keys.channel(id));
        if (channel === null) return err(notFound("channel"));
        await claimAccount(tx, adapters.get(channel.type), channel, null);
        tx.delete(keys.channel(id));
        tx.delete(keys.oauthToken(id));
        tx.emit(settingsChanged(channel));
        return ok(null);
      });
    },

    test: createTester(context, { visible, open: (id) => service.open(id) }),

    async templates(principal, id, signal) {
      return await visible(principal, id) === null
        ? err(notFound("channel"))
        : await service.listTemplates(id, signal);
    },

    open: createOpener(context, accessToken),
    listTemplates: createTemplateList(context, (id) => service.open(id)),
    markBroken,
    markWorking,
  };
  return service;
}

/** Whether a patch gives the channel another inbox or app, which nobody may remove at that moment. */
function changesOwner({ inboxId, appId }: ChannelPatch): boolean {
  return inboxId !== undefined || appId !== undefined;
}
