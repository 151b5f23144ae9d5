import { can, type Principal } from "../access/mod.ts";
import type { HistoryFolder } from "../channel/mod.ts";
import type { Channels } from "../channels/mod.ts";
import type { CoreContext } from "../context.ts";
import { type CoreError, invalid, notFound } from "../errors.ts";
import { type Once, once } from "../idempotency.ts";
import type { JobProgress } from "../model/change.ts";
import { err, ok, type Result } from "../result.ts";
import { type ImportRecord, keys, transact } from "../store/mod.ts";
import { type ImportedState, lookUpMails, takeMail } from "./import_mails.ts";
import { endImport, importQueue, openImports, queueImport, tellProgress } from "./put_import.ts";

export interface ImportInput {
  readonly channelId: string;
  /** As the provider names it, such as INBOX. */
  readonly folder: string;
  /** Older mail is left out; null: all of it. Epoch ms. */
  readonly sinceAt: number | null;
}

/** Bringing in what a channel held before it was connected: nobody is notified, nothing is stored twice. */
export interface Imports {
  /** Whether the caller may import what this channel held before it was connected, and it has such a thing. */
  isOffered(principal: Principal, channelId: string): Promise<boolean>;
  /** What a channel holds that could be imported. Conflict when its provider does not tell now. */
  folders(
    principal: Principal,
    channelId: string,
    signal: AbortSignal,
  ): Promise<Result<readonly HistoryFolder[], CoreError>>;
  /**
   * Begins one, or lets it wait while another one of the channel runs. The same folder twice: conflict. A channel that
   * keeps no history: unsupported.
   */
  begin(
    principal: Principal,
    input: ImportInput,
    options?: Once,
  ): Promise<Result<ImportRecord, CoreError>>;
  get(principal: Principal, id: string): Promise<Result<ImportRecord, CoreError>>;
  /** Of a channel, newest first. */
  list(
    principal: Principal,
    channelId: string,
  ): Promise<Result<readonly ImportRecord[], CoreError>>;
  /** Ends it where it is; what it brought stays. Conflict when it neither runs nor waits. */
  cancel(principal: Principal, id: string): Promise<Result<ImportRecord, CoreError>>;
  /** Goes on with one that failed or was canceled, from where it stopped; it may have to wait as a new one does. */
  resume(principal: Principal, id: string): Promise<Result<ImportRecord, CoreError>>;
  /** What became of mails that were handed over by {@link Imports.take}, by the SHA-256 of their bytes, in hex. */
  lookUp(
    principal: Principal,
    channelId: string,
    hashes: readonly string[],
  ): Promise<Result<readonly ImportedState[], CoreError>>;
  /** Takes one mail of a file. The same bytes again are taken once. Errors: unsupported, too_large. */
  take(
    principal: Principal,
    channelId: string,
    mail: Uint8Array<ArrayBuffer>,
  ): Promise<Result<ImportedState, CoreError>>;
  /** Tells whoever may manage the channel how far an import is that hands mails over. */
  report(
    principal: Principal,
    job: Omit<JobProgress, "kind">,
  ): Promise<Result<null, CoreError>>;
}

const MAX_FOLDER_LENGTH = 255;
const TWICE = { code: "conflict", message: "This folder is being imported already" } as const;

export function createImports(context: CoreContext, channels: Channels): Imports {
  const { store, ports } = context;
  /** Who may see the channel and manage it. */
  async function mayManage(principal: Principal, channelId: string): Promise<CoreError | null> {
    const channel = await store.get(keys.channel(channelId));
    if (channel === null || !can(principal, "inbox.read", { inboxId: channel.inboxId })) {
      return notFound("channel");
    }
    return can(principal, "channel.manage") ? null : { code: "forbidden" };
  }

  async function visible(
    principal: Principal,
    id: string,
  ): Promise<Result<ImportRecord, CoreError>> {
    const record = await store.get(keys.import(id));
    if (record === null) return err(notFound("import"));
    const refused = await mayManage(principal, record.channelId);
    if (refused === null) return ok(record);
    return err(refused.code === "not_found" ? notFound("import") : refused);
  }

  async function openHistory(channelId: string) {
    const opened = await channels.open(channelId);
    if (!opened.ok) return err({ code: "conflict", message: opened.error } as const);
    const { adapter, view, io } = opened.value;
    if (adapter.history === undefined || adapter.poll?.isUsed(view.config) !== true) {
      const message = "This channel keeps no history that could be imported";
      return err({ code: "unsupported", message } as const);
    }
    return ok({ history: adapter.history, view, io });
  }

  return {
    async isOffered(principal, channelId) {
      return await mayManage(principal, channelId) === null && (await openHistory(channelId)).ok;
    },

    async folders(principal, channelId, signal) {
      const refused = await mayManage(principal, channelId);
      if (refused !== null) return err(refused);
      const opened = await openHistory(channelId);
      if (!opened.ok) return opened;
      const { history, view, io } = opened.value;
      const found = await history.folders(view, io(signal));
      return found.ok ? found : err({ code: "conflict", message: found.error.message });
    },

    async begin(principal, { channelId, folder, sinceAt }, options = {}) {
      const refused = await mayManage(principal, channelId);
      if (refused !== null) return err(refused);
      const name = folder.trim();
      if (name === "" || name.length > MAX_FOLDER_LENGTH || /\p{Cc}/u.test(name)) {
        return err(invalid("folder", "is not the name of a folder"));
      }
      const opened = await openHistory(channelId);
      if (!opened.ok) return opened;
      const { history, view } = opened.value;
      const cursor = history.begin(view, { folder: name, sinceAt });
      return await transact<Result<ImportRecord, CoreError>>(
        store,
        (tx) =>
          once(tx, options, async () => {
            const open = await openImports(tx, channelId);
            if (open.some((one) => one.folder === name)) return err(TWICE);
            const record: ImportRecord = {
              id: ports.ids.next("imp"),
              channelId,
              folder: name,
              sinceAt,
              state: "running",
              cursor,
              progress: null,
              taken: 0,
              failures: 0,
              error: null,
              createdAt: tx.now,
              endedAt: null,
            };
            return ok(await queueImport(tx, record));
          }),
      );
    },

    get: visible,

    async list(principal, channelId) {
      const refused = await mayManage(principal, channelId);
      if (refused !== null) return err(refused);
      const found: ImportRecord[] = [];
      for await (const { value } of store.list(keys.imports(), { reverse: true })) {
        if (value.channelId === channelId) found.push(value);
      }
      return ok(found);
    },

    async cancel(principal, id) {
      const seen = await visible(principal, id);
      if (!seen.ok) return seen;
      return await transact<Result<ImportRecord, CoreError>>(store, async (tx) => {
        const record = await tx.get(keys.import(id));
        if (record?.state !== "running" && record?.state !== "waiting") {
          return err({ code: "conflict", message: "This import is not running" });
        }
        return ok(await endImport(tx, record, { state: "canceled", error: null }));
      }, { queue: importQueue(id) });
    },

    async resume(principal, id) {
      const seen = await visible(principal, id);
      if (!seen.ok) return seen;
      return await transact<Result<ImportRecord, CoreError>>(store, async (tx) => {
        const record = await tx.get(keys.import(id));
        if (record?.state !== "failed" && record?.state !== "canceled") {
          return err({ code: "conflict", message: "This import has not stopped" });
        }
        const open = await openImports(tx, record.channelId);
        if (open.some((one) => one.folder === record.folder)) return err(TWICE);
        return ok(await queueImport(tx, { ...record, error: null, endedAt: null }));
      });
    },

    async lookUp(principal, channelId, hashes) {
      const refused = await mayManage(principal, channelId);
      return refused === null ? ok(await lookUpMails(context, channelId, hashes)) : err(refused);
    },

    async take(principal, channelId, mail) {
      const refused = await mayManage(principal, channelId);
      return refused === null ? await takeMail(context, channels, channelId, mail) : err(refused);
    },

    async report(principal, job) {
      const refused = await mayManage(principal, job.channelId);
      if (refused !== null) return err(refused);
      await transact(store, (tx) => tellProgress(tx, { ...job, kind: "import" }));
      return ok(null);
    },
  };
}
