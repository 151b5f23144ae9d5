import { can, type Principal } from "../access/mod.ts";
import type { Channels } from "../channels/mod.ts";
import type { CoreContext } from "../context.ts";
import { type CoreError, invalid, notFound } from "../errors.ts";
import { type Once, once } from "../idempotency.ts";
import { err, ok, type Result } from "../result.ts";
import { type ImportRecord, keys, transact } from "../store/mod.ts";
import { IMPORT_JOB } from "./import_job.ts";
import { type ImportedState, lookUpMails, takeMail } from "./import_mails.ts";

export interface ImportInput {
  readonly channelId: string;
  /** As the provider names it, such as INBOX. */
  readonly folder: string;
  /** Older mail is left out; null: all of it. Epoch ms. */
  readonly sinceAt: number | null;
}

/** Bringing in what a channel held before it was connected: nobody is notified, nothing is stored twice. */
export interface Imports {
  /** Begins one. One at a time for a channel: conflict. A channel that keeps no history: unsupported. */
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
  /** Ends it where it is; what it brought stays. Conflict when it does not run. */
  cancel(principal: Principal, id: string): Promise<Result<ImportRecord, CoreError>>;
  /** Goes on with one that failed or was canceled, from where it stopped. */
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
}

const MAX_FOLDER_LENGTH = 255;

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

  return {
    async begin(principal, { channelId, folder, sinceAt }, options = {}) {
      const refused = await mayManage(principal, channelId);
      if (refused !== null) return err(refused);
      const name = folder.trim();
      if (name === "" || name.length > MAX_FOLDER_LENGTH || /\p{Cc}/u.test(name)) {
        return err(invalid("folder", "is not the name of a folder"));
      }
      const opened = await channels.open(channelId);
      if (!opened.ok) return err({ code: "conflict", message: opened.error });
      const { adapter, view } = opened.value;
      if (adapter.history === undefined || adapter.poll?.isUsed(view.config) !== true) {
        const message = "This channel keeps no history that could be imported";
        return err({ code: "unsupported", message });
      }
      const cursor = adapter.history.begin(view, { folder: name, sinceAt });
      return await transact<Result<ImportRecord, CoreError>>(
        store,
        (tx) =>
          once(tx, options, async () => {
            if (await tx.get(keys.runningImport(channelId)) !== null) {
              return err({ code: "conflict", message: "An import of this channel is running" });
            }
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
            tx.insert(keys.import(record.id), record);
            tx.set(keys.runningImport(channelId), record.id);
            tx.job({ kind: IMPORT_JOB, payload: { importId: record.id }, dueAt: tx.now });
            return ok(record);
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
        if (record?.state !== "running") {
          return err({ code: "conflict", message: "This import is not running" });
        }
        const canceled: ImportRecord = { ...record, state: "canceled", endedAt: tx.now };
        tx.set(keys.import(id), canceled);
        tx.delete(keys.runningImport(record.channelId));
        return ok(canceled);
      });
    },

    async resume(principal, id) {
      const seen = await visible(principal, id);
      if (!seen.ok) return seen;
      return await transact<Result<ImportRecord, CoreError>>(store, async (tx) => {
        const record = await tx.get(keys.import(id));
        if (record?.state !== "failed" && record?.state !== "canceled") {
          return err({ code: "conflict", message: "This import has not stopped" });
        }
        if (await tx.get(keys.runningImport(record.channelId)) !== null) {
          return err({ code: "conflict", message: "An import of this channel is running" });
        }
        const running: ImportRecord = { ...record, state: "running", error: null, endedAt: null };
        tx.set(keys.import(id), running);
        tx.set(keys.runningImport(record.channelId), id);
        tx.job({ kind: IMPORT_JOB, payload: { importId: id }, dueAt: tx.now });
        return ok(running);
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
  };
}
