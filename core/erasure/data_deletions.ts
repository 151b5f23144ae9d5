import { adaptersOf, baseUrl, openApp } from "../apps/mod.ts";
import type { WebhookRequest } from "../channel/mod.ts";
import { appIo } from "../channels/mod.ts";
import type { CoreContext } from "../context.ts";
import {
  type Accepted,
  checkDelivery,
  type ReceiveError,
  refusedByHeaders,
} from "../ingest/mod.ts";
import type { JobHandler } from "../jobs/mod.ts";
import { err, ok, type Result } from "../result.ts";
import { type DataDeletionRecord, keys, transact } from "../store/mod.ts";
import { erasePerson } from "./erase_person.ts";

/** Kind of the job that deletes what is known of a person: payload `{code}`. */
export const DATA_DELETION_JOB = "erasure.person";

/** Where a provider says that somebody wants their data deleted. */
export interface DataDeletionDoor {
  readonly maxBytes: number;
  /** Why a request is refused by its headers alone; null when its body may be read. */
  refuses(headers: Headers): ReceiveError | null;
  /** Notes the demand and gives what the provider is to be told, as JSON. */
  receive(request: WebhookRequest, signal: AbortSignal): Promise<Result<unknown, ReceiveError>>;
}

/** Demands by a provider's callback that what is known of somebody be deleted. */
export interface DataDeletions {
  door(appId: string): Promise<Result<DataDeletionDoor, ReceiveError>>;
  /** What became of a demand, for whoever has its code; null for a code nobody was given. */
  status(
    code: string,
  ): Promise<Pick<DataDeletionRecord, "requestedAt" | "erasedAt"> | null>;
  /** Handler of {@link DATA_DELETION_JOB}. */
  readonly erase: JobHandler;
}

const LOOK_AGAIN_MS = 2_000;
const CODE = /^[0-9a-f]{24}$/;

/** Over the store, the apps and their kinds. */
export function createDataDeletions(context: CoreContext): DataDeletions {
  const { store, ports, config, adapters } = context;

  /** The same demand again gets a code of its own: there is less to delete then. */
  async function note(
    appId: string,
    identities: DataDeletionRecord["identities"],
  ): Promise<string> {
    const code = ports.random.bytes(12).toHex();
    await transact(store, (tx) => {
      tx.insert(keys.dataDeletion(code), {
        appId,
        requestedAt: tx.now,
        erasedAt: null,
        identities,
        conversationIds: [],
      });
      tx.job({ kind: DATA_DELETION_JOB, payload: { code }, dueAt: tx.now });
      return Promise.resolve();
    });
    return code;
  }

  /** Their jobs have not ended. */
  async function holdMessages(conversationIds: Iterable<string>): Promise<boolean> {
    for (const id of conversationIds) {
      for await (const _ of store.list(keys.messages(id), { limit: 1 })) return true;
    }
    return false;
  }

  return {
    async door(appId) {
      const opened = await openApp(context, appId);
      if (!opened.ok) return err({ code: "no_channel" });
      const { app, kind, config: appConfig, redact } = opened.value;
      const { dataDeletion } = kind;
      const [adapter] = adaptersOf(adapters, kind.id);
      if (dataDeletion === undefined || adapter === undefined) return err({ code: "no_channel" });
      const accepted: Accepted = dataDeletion;
      return ok({
        maxBytes: accepted.maxBytes,
        refuses: (headers) => refusedByHeaders(headers, accepted),
        async receive(request, signal) {
          const view = { id: app.id, kind: kind.id, config: appConfig };
          const io = appIo(context, { adapter, appId, redact }, signal);
          let identities: DataDeletionRecord["identities"] | null = null;
          const checked = await checkDelivery(request, accepted, async () => {
            const read = await dataDeletion.read(request, view, io);
            if (read.ok) identities = read.identities;
            if (read.ok) return { ok: true };
            const { reason } = read;
            return reason === "unavailable" ? { ok: true } : { ok: false, reason };
          });
          if (!checked.ok) return checked;
          if (identities === null) return err({ code: "unavailable" });
          const code = await note(appId, identities);
          const url = `${baseUrl(config)}/data-deletion/${code}`;
          return ok(dataDeletion.answer({ url, code }));
        },
      });
    },

    async status(code) {
      const record = CODE.test(code) ? await store.get(keys.dataDeletion(code)) : null;
      if (record === null) return null;
      return { requestedAt: record.requestedAt, erasedAt: record.erasedAt };
    },

    async erase(job, run) {
      const key = keys.dataDeletion(String(job.payload.code));
      const record = await store.get(key);
      if (record === null || record.erasedAt !== null) return;
      const ids = new Set(record.conversationIds);
      for (const identity of record.identities) {
        for (const id of await erasePerson(store, record.appId, identity)) ids.add(id);
        run.signal.throwIfAborted();
      }
      const isDone = !await holdMessages(ids);
      // Bytes whose owner is gone: the hourly sweep would come later than what is said now.
      if (isDone) await store.blobs.sweep(0);
      await transact(store, (tx) => {
        if (isDone) {
          run.complete(tx);
          tx.set(key, { ...record, erasedAt: tx.now, identities: [], conversationIds: [] });
        } else {
          tx.set(key, { ...record, conversationIds: [...ids] });
          run.reschedule(tx, tx.now + LOOK_AGAIN_MS);
        }
        return Promise.resolve();
      });
      if (!isDone) return;
      const fields = { appId: record.appId, conversations: ids.size };
      ports.log("info", "person's data deleted", fields);
    },
  };
}
