import type { Submission } from "../channel/mod.ts";
import type { OpenedChannel } from "../channels/mod.ts";
import { clip } from "../clip.ts";
import type { CoreContext } from "../context.ts";
import { findConversation, findMessage, findMessageAs } from "../conversations/mod.ts";
import type { IngestOptions, IngestResult } from "../ingest/mod.ts";
import type { FormLook } from "../model/form.ts";
import { err, ok, type Result } from "../result.ts";
import { sha256 } from "../sha256.ts";
import { keys } from "../store/mod.ts";
import { type FormToken, TOKEN_MS } from "./form_token.ts";
import type { GuessedContact } from "./guess_contact.ts";
import type { Judgement } from "./judge_submission.ts";
import { filledFields, type ReadForm } from "./read_submission.ts";
import type { FormError, PostedFile, PostedForm } from "./types.ts";

/** What was posted within this time is the same when it says the same. */
const TWIN_MS = 10 * 60_000;
const MAX_SUBJECT = 200;
const MAX_PAGE = 2_000;

/** What taking a form needs of others. */
export interface TakeServices extends CoreContext {
  ingest(
    channelId: string,
    event: Submission,
    options: IngestOptions,
  ): Promise<IngestResult>;
}

/** A posted form that is to be stored. */
export interface JudgedForm {
  readonly opened: OpenedChannel;
  readonly look: FormLook;
  readonly posted: PostedForm;
  readonly read: ReadForm;
  readonly contact: GuessedContact;
  readonly token: FormToken;
  readonly judgement: Judgement;
}

/** Where a form is by now. */
export interface StoredForm {
  /** Null when its conversation is gone by now. */
  readonly number: number | null;
  readonly isReplay: boolean;
}

/** Stores a form in one commit, or finds that it was stored before. Errors: idempotency_mismatch. */
export async function takeForm(
  services: TakeServices,
  form: JudgedForm,
): Promise<Result<StoredForm, FormError>> {
  const { store, ports } = services;
  const { posted, opened: { channel }, token } = form;
  const hash = await hashOfContent(form);
  const { externalId, before } = idsOf(form, hash, ports.clock.now());
  // In one process twins wait for each other; two processes are told apart by the id alone.
  return await store.inTurn(`form ${channel.id} ${hash}`, async () => {
    const known = before === null
      ? null
      : await findMessageAs((key) => store.get(key), channel.id, before);
    const twin = known === null
      ? null
      : await findMessage((key) => store.get(key), known.messageId);
    if (twin !== null && ports.clock.now() - twin.createdAt < TWIN_MS) {
      return ok(await stored(services, twin.conversationId, true));
    }
    const event = submissionOf(form, externalId, ports.clock.now());
    const result = await services.ingest(channel.id, event, {
      channel,
      bodyHash: hash,
      also(tx, { kind }) {
        if (kind !== "stored" || token.kind !== "valid") return;
        const key = keys.journalProof(channel.id, proofKey(token.nonce));
        tx.set(key, true, { expireInMs: TOKEN_MS });
      },
    });
    switch (result.kind) {
      case "stored":
        return ok(await stored(services, result.conversationId, false));
      case "duplicate":
        return posted.idempotencyKey !== undefined && result.bodyHash !== hash
          ? err({ code: "idempotency_mismatch" })
          : ok(await stored(services, result.conversationId, true));
      case "updated":
      case "early":
      case "ignored":
        throw new Error(`Cannot take a form: ingest answered "${result.kind}"`);
    }
  });
}

/** Under which a token's use is kept. */
export function proofKey(nonce: string): string {
  return `form ${nonce}`;
}

async function stored(
  { store }: TakeServices,
  conversationId: string,
  isReplay: boolean,
): Promise<StoredForm> {
  const conversation = await findConversation((key) => store.get(key), conversationId);
  return { number: conversation?.number ?? null, isReplay };
}

/** @returns `before`: the id of the same content in the span of time before this one, where time tells twins */
function idsOf(
  { posted, read, token }: JudgedForm,
  hash: string,
  now: number,
): { readonly externalId: string; readonly before: string | null } {
  const { idempotencyKey, remoteAddress } = posted;
  if (idempotencyKey !== undefined) {
    return { externalId: `form key ${sha256(idempotencyKey)}`, before: null };
  }
  const { submissionId } = read.special;
  const once = submissionId ?? (token.kind === "valid" ? token.nonce : null);
  if (once !== null) {
    return { externalId: `form ${sha256(once)} ${hash}`, before: null };
  }
  const span = Math.floor(now / TWIN_MS);
  const at = (n: number) => `form ${sha256(`${remoteAddress} ${hash}`)} ${n}`;
  return { externalId: at(span), before: at(span - 1) };
}

async function hashOfContent({ read, posted }: JudgedForm): Promise<string> {
  const files = await Promise.all(posted.files.map(hashOfFile));
  const entries = read.entries.map(({ name, value }) => [name, value]);
  return sha256(JSON.stringify([entries, files]));
}

async function hashOfFile({ name, fileName, bytes }: PostedFile): Promise<readonly string[]> {
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  return [name, fileName, new Uint8Array(digest).toHex()];
}

function submissionOf(
  { opened, look, posted, read, contact, judgement }: JudgedForm,
  externalId: string,
  now: number,
): Submission {
  const { special, entries } = read;
  const page = special.page ?? posted.referrer;
  const subject = special.subject || contact.subject || special.captured || look.title ||
    opened.channel.name;
  return {
    type: "submission",
    externalId,
    occurredAt: now,
    identities: [
      ...contact.email === null ? [] : [{ kind: "email", value: contact.email, verified: false }],
      ...contact.phone === null ? [] : [{ kind: "phone", value: contact.phone, verified: false }],
    ],
    ...contact.name === "" ? {} : { name: contact.name },
    subject: clip(subject.replace(/[\p{Cc}\s]+/gu, " ").trim(), MAX_SUBJECT),
    ...contact.text === "" ? {} : { text: contact.text },
    fields: [...filledFields(look.fields, entries, posted.files)],
    files: posted.files.map(({ fileName, type, bytes }) => ({
      kind: "media" as const,
      name: fileName,
      type,
      bytes,
    })),
    ...page === null ? {} : { page: clip(page, MAX_PAGE) },
    ...judgement.because === null ? {} : {
      verdict: { by: "The form’s guard", isSpam: true, because: clip(judgement.because, 200) },
    },
    notes: [
      ...judgement.notes,
      ...special.captured === null ? [] : [{
        step: "form_captured",
        detail: "Captured from a form of the site’s own, which went on as ever",
      }],
      ...page === null ? [] : [{ step: "form_page", detail: `Filled in on ${clip(page, 250)}` }],
    ],
  };
}
