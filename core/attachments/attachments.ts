import { can, type Principal } from "../access/mod.ts";
import { equalText } from "../constant_time.ts";
import type { CoreContext } from "../context.ts";
import type { CoreError } from "../errors.ts";
import { notFound } from "../errors.ts";
import { type Once, once } from "../idempotency.ts";
import type { AttachmentRecord } from "../store/mod.ts";
import { keys, transact } from "../store/mod.ts";
import { err, ok, type Result } from "../result.ts";
import { safeFileName } from "./safe_file_name.ts";
import { safeMediaType } from "./safe_media_type.ts";

/** Largest file anybody may upload. */
export const MAX_FILE_BYTES = 25 * 1024 * 1024;
const DAY_MS = 24 * 60 * 60 * 1_000;

/** Who uploads: somebody of the team, or a visitor of one channel. */
export type Uploader =
  | { readonly kind: "principal"; readonly principal: Principal }
  | { readonly kind: "visitor"; readonly visitorId: string; readonly channelId: string };

/** A file as it is sent: whatever it says of itself is made harmless. */
export interface FileInput {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array | ReadableStream<Uint8Array>;
}

/** A file somebody may read. */
export interface OpenedFile {
  readonly record: AttachmentRecord;
  /** The bytes asked for. */
  stream(
    range?: { readonly start: number; readonly end: number },
  ): ReadableStream<Uint8Array<ArrayBuffer>>;
  /** The first bytes, to tell an image from something that says it is one. */
  head(): Promise<Uint8Array>;
}

/** Files: uploaded, owned, opened and signed. */
export interface Attachments {
  /** Stores a file for 24 h; a message that names it in time keeps it. Errors: too_large. */
  upload(
    by: Uploader,
    file: FileInput,
    options?: Once,
  ): Promise<Result<AttachmentRecord, CoreError>>;
  /** The same bytes as an upload of its own: no two messages share a file. Whether it may be read is asked before. */
  copy(by: Uploader, record: AttachmentRecord): Promise<Result<AttachmentRecord, CoreError>>;
  /** For the team: only with the right to read its conversation (or when it is one's own upload or an avatar). */
  open(principal: Principal, id: string): Promise<Result<OpenedFile, CoreError>>;
  /** For whoever holds a signed address. */
  openSigned(
    id: string,
    expiresAt: number,
    signature: string,
  ): Promise<Result<OpenedFile, CoreError>>;
  /** Path with query, relative to the deployment, valid for a day (in steps of an hour, so that browsers can cache). */
  sign(id: string): Promise<string>;
  /** May this uploader attach it to a message? */
  ownedBy(by: Uploader, id: string): Promise<AttachmentRecord | null>;
  /** Runs what makes uploads a message's own: of two messages that name the same file the second finds it taken. */
  taking<T>(ids: readonly string[] | undefined, run: () => Promise<T>): Promise<T>;
}

/** Files over the store's blobs. */
export function createAttachments({ store, ports }: CoreContext): Attachments {
  const { vault } = store;

  function opened(record: AttachmentRecord): OpenedFile {
    return {
      record,
      stream: (range) => store.blobs.stream(record.blob.id, range),
      head: async () =>
        await store.blobs.read(record.blob.id, { start: 0, end: 16 }) ?? new Uint8Array(),
    };
  }

  async function mayRead(principal: Principal, { owner }: AttachmentRecord): Promise<boolean> {
    switch (owner.kind) {
      case "avatar":
        return true;
      case "upload":
        return owner.by === ownerOf({ kind: "principal", principal });
      case "message": {
        // By the message, which may have moved.
        const place = await store.get(keys.messageRef(owner.messageId));
        const { conversationId } = place ?? owner;
        const conversation = await store.get(keys.conversation(conversationId));
        return conversation !== null &&
          can(principal, "conversation.read", { inboxId: conversation.inboxId });
      }
    }
  }

  async function keep(
    by: Uploader,
    { bytes, ...facts }:
      & Pick<AttachmentRecord, "name" | "type" | "contentId">
      & Pick<FileInput, "bytes">,
    options: Once = {},
  ): Promise<Result<AttachmentRecord, CoreError>> {
    const blob = await store.blobs.stage(bytes, { maxBytes: MAX_FILE_BYTES });
    if ("code" in blob) return err({ code: "too_large", maxBytes: MAX_FILE_BYTES });
    const record: AttachmentRecord = {
      id: ports.ids.next("att"),
      ...facts,
      size: blob.size,
      blob,
      createdAt: ports.clock.now(),
      owner: {
        kind: "upload",
        by: ownerOf(by),
        ...by.kind === "visitor" ? { channelId: by.channelId } : {},
      },
    };
    // Of a repeated upload the first is the one that stays; these bytes are swept.
    return await transact(store, (tx) =>
      once(tx, options, () => {
        tx.insert(keys.attachment(record.id), record, { expireInMs: DAY_MS });
        return Promise.resolve(ok(record));
      }));
  }

  return {
    upload: (by, { name, type, bytes }, options) =>
      keep(by, { name: safeFileName(name), type: safeMediaType(type), bytes }, options),

    copy: (by, { name, type, contentId, blob }) =>
      keep(by, {
        name,
        type,
        ...contentId === undefined ? {} : { contentId },
        bytes: store.blobs.stream(blob.id),
      }),

    async open(principal, id) {
      const record = await store.get(keys.attachment(id));
      if (record === null || !await mayRead(principal, record)) return err(notFound("attachment"));
      return ok(opened(record));
    },

    async openSigned(id, expiresAt, signature) {
      if (!(expiresAt > ports.clock.now())) return err(notFound("attachment"));
      const wanted = await vault.macs(PURPOSE, signedText(id, expiresAt));
      const isSigned = wanted.some((mac) => equalText(encode(mac), signature));
      const record = isSigned ? await store.get(keys.attachment(id)) : null;
      return record === null ? err(notFound("attachment")) : ok(opened(record));
    },

    sign: (id) => signFile({ store, ports }, id),

    async ownedBy(by, id) {
      const record = await store.get(keys.attachment(id));
      const isTheirs = record !== null && isFreeUpload(record, ports.clock.now()) &&
        record.owner.by === ownerOf(by);
      return isTheirs ? record : null;
    },

    taking: (ids, run) => ids === undefined || ids.length === 0 ? run() : store.inTurn(TAKING, run),
  };
}

/** See {@link Attachments.sign}. */
export async function signFile(
  { store, ports }: Pick<CoreContext, "store" | "ports">,
  id: string,
): Promise<string> {
  const hour = 60 * 60 * 1_000;
  const expiresAt = Math.floor(ports.clock.now() / hour) * hour + DAY_MS;
  const mac = await store.vault.mac(PURPOSE, signedText(id, expiresAt));
  return `/api/v1/attachments/${encodeURIComponent(id)}?expires=${expiresAt}&signature=${
    encode(mac)
  }`;
}

/** Whether a file waits for a message to take it: nobody's yet, and not about to be swept. */
export function isFreeUpload(
  record: AttachmentRecord,
  now: number,
): record is AttachmentRecord & { readonly owner: { readonly kind: "upload" } } {
  return record.owner.kind === "upload" && record.createdAt > now - DAY_MS;
}

const PURPOSE = "attachment";
/** One turn for all: messages with uploads are few. */
const TAKING = "take uploads";

function signedText(id: string, expiresAt: number): string {
  return `${id}\n${expiresAt}`;
}

function encode(mac: Uint8Array<ArrayBuffer>): string {
  return mac.toBase64({ alphabet: "base64url", omitPadding: true });
}

function ownerOf(by: Uploader): string {
  if (by.kind === "visitor") return `visitor:${by.channelId}:${by.visitorId}`;
  const { principal } = by;
  return principal.type === "user" ? `user:${principal.user.id}` : `token:${principal.id}`;
}
