/** A core that reads a mailbox of a real Dovecot; its database outlives it, so that another one can go on. */
import { email } from "../../adapters/email/mod.ts";
import { type Core, createCore, type Principal, readConfig } from "../../core/mod.ts";
import type { Conversation } from "../../core/model/conversation.ts";
import type { Message } from "../../core/model/message.ts";
import { type JournalRecord, keys, openStore, type PollRecord } from "../../core/store/mod.ts";
import { until } from "../e2e/until.ts";
import { type FakePorts, fakePorts, TEST_NOW } from "../fakes/ports.ts";
import { TEST_SECRET } from "../fakes/store.ts";
import { SUPPORT } from "../fakes/dovecot.ts";

export const ROOT: Principal = { type: "token", id: "tok_root", name: "Root", role: "owner" };

export interface ImapWorld extends AsyncDisposable {
  readonly core: Core;
  readonly ports: FakePorts;
  /** The mailbox's channel, of the settings given. */
  readonly channelId: string;
  polled(): Promise<PollRecord>;
  conversations(): Promise<readonly Conversation[]>;
  /** All messages of all conversations, in the order of their seq within one. */
  messages(): Promise<readonly Message[]>;
  journals(): Promise<readonly JournalRecord[]>;
  /** Waits until that many messages are stored. */
  untilMessages(count: number): Promise<readonly Message[]>;
  /** Waits until every delivery is settled and the channel is polled later. */
  untilQuiet(): Promise<void>;
}

export interface ImapWorldOptions {
  readonly port: number;
  /** Where its database is; made when it is not there. */
  readonly folder: string;
  /** Of the channel's `inbound`. */
  readonly inbound?: Readonly<Record<string, unknown>>;
  /** Port of the SMTP server for replies. */
  readonly smtpPort?: number;
  /** When it begins, epoch ms: a second one is later than the first. */
  readonly at?: number;
  /** False: it is given while its first poll may still run. Default: true. */
  readonly waits?: boolean;
}

/** Opens it; `await using world = await openImapWorld(…)` ends it and leaves its database. */
export async function openImapWorld(
  { port, folder, inbound = {}, smtpPort = 9, at = TEST_NOW, waits = true }: ImapWorldOptions,
): Promise<ImapWorld> {
  const env = {
    PARLEY_KV: ":memory:",
    PARLEY_ALLOW_PRIVATE_HOSTS: `127.0.0.1:${port},127.0.0.1:${smtpPort}`,
  };
  const config = readConfig(env);
  if (!config.ok) throw new Error(config.error.message);
  const ports = laterIds(fakePorts({ at }));
  const opened = await openStore({
    path: `${folder}/parley.kv`,
    secrets: { current: TEST_SECRET, old: [] },
    strict: true,
    ports,
  });
  if (!opened.ok) throw new Error(opened.error.message);
  const store = opened.value;
  const core = createCore({ store, ports, config: config.value, adapters: [email] });
  await core.start();
  const channels = await core.channels.list(ROOT);
  const known = channels.ok ? channels.value[0]?.id : undefined;
  const channelId = known ?? await makeChannel(core, {
    kind: "imap",
    host: "127.0.0.1",
    port,
    security: "none",
    user: SUPPORT.name,
    password: SUPPORT.password,
    ...inbound,
  }, smtpPort);

  async function all<T>(range: Parameters<typeof store.list<T>>[0]): Promise<readonly T[]> {
    return (await Array.fromAsync(store.list(range))).map(({ value }) => value);
  }
  const world: ImapWorld = {
    core,
    ports,
    channelId,
    async polled() {
      const record = await store.get(keys.poll(channelId));
      if (record === null) throw new Error("The channel was never planned");
      return record;
    },
    conversations: () => all(keys.conversations()),
    async messages() {
      const found: Message[] = [];
      for (const { id } of await world.conversations()) found.push(...await all(keys.messages(id)));
      return found;
    },
    journals: () => all(keys.journals()),
    async untilMessages(count) {
      await until(async () => (await world.messages()).length >= count, {
        what: `${count} messages are stored`,
        timeoutMs: 20_000,
      });
      return await world.messages();
    },
    async untilQuiet() {
      await until(async () => {
        const record = await store.get(keys.poll(channelId));
        const open = (await world.journals()).some(({ state }) => state === "received");
        return record !== null && record.polledAt !== null && record.job !== null && !open &&
          record.job.dueAt > ports.clock.now();
      }, { what: "the poll has ended", timeoutMs: 20_000 });
    },
    async [Symbol.asyncDispose]() {
      let isStopped = false;
      const stopped = core.stop().finally(() => {
        isStopped = true;
      });
      // Jobs that run are given a moment to end, by the clock.
      await until(() => {
        ports.clock.advance(500);
        return isStopped;
      }, { what: "the core has stopped" });
      await stopped;
    },
  };
  if (waits) await world.untilQuiet();
  return world;
}

/** Ids that a second core on the same database does not make again, and that sort in the order they are made. */
function laterIds(ports: FakePorts): FakePorts {
  const begin = Date.now().toString(36);
  let count = 0;
  const next = (prefix: string) => `${prefix}_${begin}${String(++count).padStart(8, "0")}`;
  return { ...ports, ids: { next } };
}

async function makeChannel(
  core: Core,
  inbound: Readonly<Record<string, unknown>>,
  smtpPort: number,
): Promise<string> {
  const inbox = await core.inboxes.create(ROOT, { name: "Support" });
  if (!inbox.ok) throw new Error(JSON.stringify(inbox.error));
  const made = await core.channels.create(ROOT, {
    type: "email",
    inboxId: inbox.value.id,
    name: "Support",
    config: {
      address: "support@veloce.example",
      inbound,
      outbound: { kind: "smtp", host: "127.0.0.1", port: smtpPort, security: "none" },
    },
  });
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  return made.value.id;
}
