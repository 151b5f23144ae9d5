import type { ImapFlow } from "imapflow";
import type { Delivery } from "../../../core/channel/mod.ts";
import { LEFT_OUT_HEADER, TOO_LARGE } from "../left_out.ts";
import { noticeMail } from "./notice_mail.ts";

/** Larger mails are fetched as their headers and a notice. */
export const MAX_MAIL_BYTES = 25 << 20;
/** What one page holds at most, unless a single mail is larger. */
const PAGE_BYTES = 8 << 20;
const PAGE_MAILS = 50;

export interface FetchedMail extends Delivery {
  readonly uid: number;
  /** False: it is only in the mailbox, its delivery says so. */
  readonly isWhole: boolean;
}

/** What a page of UIDs gave. */
export interface FetchedMails {
  /** By UID, ascending. */
  readonly mails: readonly FetchedMail[];
  /** Everything up to here was passed: fetched, or expunged meanwhile. 0 when nothing was. */
  readonly passedUid: number;
  /** What ended the fetching before its time; null when nothing did. */
  readonly error: unknown;
}

/**
 * Fetches the first of these mails, as many as fit into a page, without marking them as read.
 * @param uids ascending
 * @param now epoch ms; no mail is taken to be from later
 */
export async function fetchMails(
  client: ImapFlow,
  uids: readonly number[],
  now: number,
): Promise<FetchedMails> {
  const mails: FetchedMail[] = [];
  let passedUid = 0;
  try {
    for (const { uid, size } of await measure(client, uids.slice(0, PAGE_MAILS))) {
      const used = mails.reduce((sum, { body }) => sum + body.length, 0);
      if (mails.length > 0 && used + (size ?? 0) > PAGE_BYTES) break;
      // A null size: it was expunged since the search.
      const mail = size === null ? null : await fetchOne(client, uid, size, now);
      if (mail !== null) mails.push(mail);
      passedUid = uid;
    }
    return { mails, passedUid, error: null };
  } catch (error) {
    return { mails, passedUid, error };
  }
}

/** Sizes by UID, in the order given: a server that leaves some out is asked for each of them. */
async function measure(
  client: ImapFlow,
  uids: readonly number[],
): Promise<readonly { readonly uid: number; readonly size: number | null }[]> {
  const sizes = new Map<number, number>();
  for (const { uid, size } of await client.fetchAll([...uids], { size: true }, { uid: true })) {
    if (size !== undefined) sizes.set(uid, size);
  }
  const measured: { uid: number; size: number | null }[] = [];
  for (const uid of uids) {
    const size = sizes.get(uid) ?? await sizeOf(client, uid);
    measured.push({ uid, size });
  }
  return measured;
}

async function sizeOf(client: ImapFlow, uid: number): Promise<number | null> {
  const found = await client.fetchOne(uid, { size: true }, { uid: true });
  return found === false ? null : found.size ?? 0;
}

async function fetchOne(
  client: ImapFlow,
  uid: number,
  size: number,
  now: number,
): Promise<FetchedMail | null> {
  if (size > MAX_MAIL_BYTES) {
    const mib = Math.round(size / (1 << 20));
    const notice = `This mail is too large to be fetched (${mib} MiB): it is whole in the mailbox.`;
    return await fetchHeader(client, uid, notice, now, { [LEFT_OUT_HEADER]: TOO_LARGE });
  }
  const query = { source: true, internalDate: true };
  const found = await client.fetchOne(uid, query, { uid: true });
  if (found === false) return null;
  if (found.source === undefined) throw new Error(`Cannot fetch mail ${uid}: no source came`);
  return {
    ...mailOf(uid, new Uint8Array(found.source), found.internalDate, now),
    isWhole: true,
  };
}

/**
 * A mail that breaks the fetching every time: its headers if they can be had, else a line that the journal keeps as a
 * failed delivery, so that somebody learns of it and the next mails come in.
 */
export async function fetchAround(
  client: ImapFlow,
  uid: number,
  folder: string,
  now: number,
): Promise<FetchedMail | null> {
  const notice = "This mail could not be fetched from the mailbox: look for it there.";
  try {
    return await fetchHeader(client, uid, notice, now);
  } catch {
    const body = new TextEncoder().encode(`Mail ${uid} of folder ${folder} cannot be fetched.\n`);
    return mailOf(uid, body, undefined, now);
  }
}

async function fetchHeader(
  client: ImapFlow,
  uid: number,
  notice: string,
  now: number,
  headers: Readonly<Record<string, string>> = {},
): Promise<FetchedMail | null> {
  const query = { headers: true, internalDate: true };
  const found = await client.fetchOne(uid, query, { uid: true });
  if (found === false) return null;
  if (found.headers === undefined) throw new Error(`Cannot fetch mail ${uid}: no headers came`);
  return {
    ...mailOf(uid, noticeMail(found.headers, notice), found.internalDate, now),
    headers,
  };
}

function mailOf(
  uid: number,
  body: Uint8Array<ArrayBuffer>,
  internalDate: Date | string | undefined,
  now: number,
): FetchedMail {
  const at = internalDate === undefined ? NaN : new Date(internalDate).getTime();
  const receivedAt = at > 0 ? Math.min(at, now) : now;
  return { uid, isWhole: false, contentType: "message/rfc822", headers: {}, body, receivedAt };
}
